/** "What am I looking at?": a question mark that answers. */
import { CircleHelp, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

export function About({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="icon-button about-button" aria-label={`What am I looking at? ${title}`}>
        <CircleHelp size={14} aria-hidden="true" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="popover" align="start" sideOffset={4} collisionPadding={12} aria-label={`About: ${title}`}>
          <h3>{title}: what am I looking at?</h3>
          {children}
          <Popover.Close className="icon-button popover-close" aria-label="Close">
            <X size={14} aria-hidden="true" />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
