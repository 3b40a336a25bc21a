/** The drawings of a row, side by side under the heads of their columns; stacked ones bear their titles themselves. */
import type { ReactNode } from 'react';
import type { BoardKind } from '../../objectives/page.ts';
import { useWords } from '../../store/useView.ts';
import { headsOf } from './kinds.ts';

interface Props {
  kind: BoardKind;
  stacked: boolean;
  /** One for each of the kind's columns. */
  children: readonly ReactNode[];
}

export function Tiles({ kind, stacked, children }: Props) {
  const words = useWords();
  if (!stacked) return children;
  return (
    <div className="strips">
      {headsOf(kind, words).map(({ title, short }, column) => (
        <div key={title} className="strip">
          <span className="strip-title" aria-hidden="true">
            {short}
          </span>
          {children[column]}
        </div>
      ))}
    </div>
  );
}
