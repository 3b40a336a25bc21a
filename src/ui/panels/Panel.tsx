/** A region of the page: a title, what one is looking at, and the thing itself. */
import type { ReactNode } from 'react';
import { About } from '../controls/About.tsx';

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
