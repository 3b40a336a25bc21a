/** A region of the page: a title, what one is looking at, and the thing itself. */
import type { ReactNode, Ref } from 'react';
import { About } from '../controls/About.tsx';
import type { AppState } from '../store/store.ts';
import { LiveMark } from './LiveMark.tsx';

interface Props {
  title: string;
  /** Answers "what am I looking at?". */
  about: ReactNode;
  /** Stands at the right end of the title line. */
  extra?: ReactNode;
  /** Given where it does not follow the board to earlier steps: the step that it shows. */
  live?: (state: AppState) => number | null;
  className?: string;
  frame?: Ref<HTMLElement>;
  children: ReactNode;
}

export function Panel({ title, about, extra, live, className = '', frame, children }: Props) {
  return (
    <section ref={frame} className={`panel ${className}`} aria-label={title}>
      <header className="panel-head">
        <h2>{title}</h2>
        <About title={title}>{about}</About>
        {live !== undefined && <LiveMark step={live} />}
        {extra !== undefined && <div className="panel-extra">{extra}</div>}
      </header>
      {children}
    </section>
  );
}
