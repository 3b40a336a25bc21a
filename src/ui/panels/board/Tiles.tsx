/** The drawings of a row, side by side under the heads of their columns; stacked ones bear their titles themselves. */
import type { ReactNode } from 'react';
import { extrasOf } from '../../extras.ts';
import type { Shown } from '../../modalities/extras.ts';
import type { BoardKind } from '../../objectives/page.ts';
import { useWords } from '../../store/useView.ts';
import { headsOf } from './kinds.ts';
import type { RowPlace } from './rowPlace.ts';

interface Props {
  kind: BoardKind;
  stacked: boolean;
  /** One for each of the kind's columns. */
  children: readonly ReactNode[];
  /** The sample, and what each of the drawings shows of it: null where there is nothing more to it than is seen. */
  of?: RowPlace;
  shown?: readonly (Shown | null)[];
}

export function Tiles({ kind, stacked, children, of, shown = [] }: Props) {
  const words = useWords();
  if (!stacked) return children;
  return (
    <div className="strips">
      {headsOf(kind, words).map(({ title, short }, column, { length }) => (
        <div key={title} className="strip">
          <span className="strip-title" aria-hidden="true">
            {short}
          </span>
          <Drawing column={column} isLast={column === length - 1} of={of} shown={shown[column] ?? null}>
            {children[column]}
          </Drawing>
        </div>
      ))}
    </div>
  );
}

interface DrawingProps {
  column: number;
  isLast: boolean;
  of: RowPlace | undefined;
  shown: Shown | null;
  children: ReactNode;
}

function Drawing({ column, isLast, of, shown, children }: DrawingProps) {
  const extras = of && extrasOf(of.info.board.modality);
  if (of === undefined || extras === undefined) {
    return (
      <>
        <span className="strip-beside" />
        <div className="drawing">{children}</div>
      </>
    );
  }
  const { Beside, Over, Below } = extras;
  const sample = { set: of.info.board, index: of.index };
  const drawing = shown && { ...sample, name: of.name, shown, shortcut: String(column + 1) };
  return (
    <>
      <span className="strip-beside">{drawing && Beside && <Beside {...drawing} />}</span>
      <div className="drawing">
        {children}
        {drawing && Over && <Over {...drawing} />}
        {isLast && Below && <Below {...sample} />}
      </div>
    </>
  );
}
