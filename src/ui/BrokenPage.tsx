/** Stands where the page was, when all of it broke. The workers know nothing of that: the run goes on, and can be saved. */
import { useController } from './controller/context.ts';

export function BrokenPage({ onShow }: { onShow(): void }) {
  const { commands } = useController();
  return (
    <main className="broken-page" role="alert">
      <h1>Patchwork cannot be drawn</h1>
      <p>A fault of the page, not of your data. The run goes on, unseen. Save its weights before you load the page again.</p>
      <div className="broken-buttons">
        <button type="button" className="button primary" onClick={onShow}>
          Show the page again
        </button>
        <button type="button" className="button" onClick={() => void commands.save()}>
          Save the weights
        </button>
      </div>
    </main>
  );
}
