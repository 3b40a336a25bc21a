/** A region of the page: a title, what one is looking at, and the thing itself. */
import { CircleHelp, X } from 'lucide-react';
import { Popover } from 'radix-ui';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  /** Answers "what am I looking at?". */
  about: ReactNode;
  /** Stands at the right end of the title line. */
  extra?: ReactNode;
  className?: string;
  children: ReactNode;
}

export function Panel({ title, about, extra, className = '', children }: Props) {
  return (
    <section className={`panel ${className}`} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <About title={title}>{about}</About>
        {extra !== undefined && <div className="panel-extra">{extra}</div>}
      </header>
      {children}
    </section>
  );
}

function About({ title, children }: { title: string; children: ReactNode }) {
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
