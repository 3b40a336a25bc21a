/** Stands where a part of the page could not be fetched. */
export function Unfetched({ onRetry }: { onRetry(): void }) {
  return (
    <div className="unfetched" role="alert">
      <p>
        This part could not be fetched (server unreachable, or a new version). The run goes on. If trying again does not help,
        Keep or Save the run and load the page again.
      </p>
      <button type="button" className="button small-button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
