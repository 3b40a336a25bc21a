/** MAE and SimMIM next to each other: opens the comparison, which is fetched when somebody wants to see it. */
import { X } from 'lucide-react';
import { Popover } from 'radix-ui';
import { lazyPart } from '../parts/lazyPart.tsx';

const SideBySide = lazyPart(() => import('./SideBySide.tsx'), { waiting: <p className="muted">Counting…</p> });

export function BesideMae() {
  return (
    <Popover.Root>
      <Popover.Trigger className="toggle alone">Beside MAE</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="popover side-by-side"
          align="start"
          sideOffset={4}
          collisionPadding={12}
          aria-label="Beside MAE"
        >
          <h3>Mask tokens outside or inside the encoder</h3>
          <SideBySide />
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={14} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
