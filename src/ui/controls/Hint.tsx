/** A sentence on hover. Keyboard and screen reader get the same words through the control's description. */
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { useBeside } from '../hooks.ts';

export function Hint({ text, more, children }: { text: string; more?: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Said>
          {text}
          {more !== undefined && <span className="hint-more">{more}</span>}
        </Said>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

/** Mounted only while it is open: a page has many hints. */
function Said({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Content className="hint" side={useBeside('right')} sideOffset={8} collisionPadding={8}>
      {children}
    </Tooltip.Content>
  );
}
