/** A picture that was not on the board at the step that is looked at. */

import type { BoardKind } from '../../objectives/page.ts';
import { COLUMNS } from './kinds.ts';
import { Picture } from './Picture.tsx';
import type { RowPlace } from './rowPlace.ts';

export function EmptyRow({ index, info, tile, name, kind }: RowPlace & { kind: BoardKind }) {
  const places = COLUMNS[kind].length;
  // The truth stands at the right of a puzzle, and at the left of everything else.
  const own = kind === 'jigsaw' ? places - 1 : 0;
  return (
    <>
      {COLUMNS[kind].map(({ title }, column) =>
        column === own ? (
          <Picture key={title} set={info.board} index={index} tile={tile} label={`${name}: ${title}`} />
        ) : (
          <span key={title} className="tile-empty" />
        ),
      )}
      <span className="row-count muted">not on the board at this time</span>
    </>
  );
}
