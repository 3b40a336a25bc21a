export function Brand() {
  return (
    <h1 className="brand">
      <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <rect x="1" y="1" width="8" height="8" rx="1" fill="var(--right)" />
        <rect x="11" y="1" width="8" height="8" rx="1" fill="var(--hole)" />
        <rect x="1" y="11" width="8" height="8" rx="1" fill="var(--ink)" />
        <rect x="12" y="12" width="8" height="8" rx="1" fill="var(--wrong)" transform="rotate(8 16 16)" />
      </svg>
      Patchwork
    </h1>
  );
}
