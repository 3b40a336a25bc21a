/** Over a story: whose it is, and how it stands. */
import type { ReactNode } from 'react';

interface Props {
  name: string;
  /** Its class, where there are labels. */
  className?: string | null;
  /** What is to be said of it, in a line. */
  said: string;
  children?: ReactNode;
}

export function StoryHead({ name, className = null, said, children }: Props) {
  return (
    <div className="story-head">
      <span className="row-name">{name}</span>
      {className !== null && <span className="row-class">{className}</span>}
      <span className="row-detail">{said}</span>
      {children}
    </div>
  );
}
