/** Which engine runs and why; a dot warns when this machine could do better. */
import { Popover } from 'radix-ui';
import { selectBackend } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

export function BackendChip() {
  const backend = useApp(selectBackend);
  if (backend === null) return <span className="chip chip-empty">Choosing an engine…</span>;
  return (
    <Popover.Root>
      <Popover.Trigger className="chip" aria-label={`Engine: ${backend.label}. Why this one?`}>
        <span className="chip-dot" data-degraded={backend.degraded} aria-hidden="true" />
        {backend.label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="start" sideOffset={4} collisionPadding={12} aria-label="Engine">
          <h3>{backend.label}</h3>
          <p>{backend.reason}</p>
          {backend.degraded && <p className="muted">The page works the same, only slower.</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
