/** A sentence on hover. Keyboard and screen reader get the same words through the control's description. */
import { Tooltip } from 'radix-ui';
import type { ReactNode } from 'react';

export function Hint({ text, more, children }: { text: string; more?: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className="hint" side="right" sideOffset={8} collisionPadding={8}>
          {text}
          {more !== undefined && <span className="hint-more">{more}</span>}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
