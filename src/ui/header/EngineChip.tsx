/** Which engine runs; a dot warns when this machine could do better. A click tells why, and what its kernels cost. */
import { X } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { lazyPart } from '../parts/lazyPart.tsx';
import { selectBackend } from '../store/selectors.ts';
import { useApp } from '../store/store.ts';

const EngineView = lazyPart(() => import('../engine/EngineView.tsx'));

export function EngineChip() {
  const backend = useApp(selectBackend);
  if (backend === null) return <span className="chip chip-empty">Choosing an engine…</span>;
  return (
    <Dialog.Root>
      <Dialog.Trigger className="chip" aria-label={`Engine: ${backend.label}. Why this one, and what it spends its time on`}>
        <span className="chip-dot" data-degraded={backend.degraded} aria-hidden="true" />
        <span className="chip-name">{backend.label}</span>
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-overlay" />
        <Dialog.Content className="dialog engine">
          <Dialog.Title>Engine</Dialog.Title>
          <Dialog.Description>
            {backend.reason} {backend.degraded && 'The page works the same, only slower.'}
          </Dialog.Description>
          <EngineView backend={backend} />
          <Dialog.Close className="icon-button popover-close" aria-label="Close">
            <X size={16} aria-hidden="true" />
          </Dialog.Close>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
