/** A sample that was not on the board at the step that is looked at. */

import { viewWords } from '../../modalities/registry.ts';
import type { BoardKind } from '../../objectives/page.ts';
import { headsOf } from './kinds.ts';
import { Picture } from './Picture.tsx';
import type { RowPlace } from './rowPlace.ts';
import { Tiles } from './Tiles.tsx';

export function EmptyRow({ index, info, tile, stacked, name, kind }: RowPlace & { kind: BoardKind }) {
  const heads = headsOf(kind, viewWords(info.config));
  // The truth stands at the right of a puzzle, and at the left of everything else.
  const own = kind === 'jigsaw' ? heads.length - 1 : 0;
  return (
    <>
      <Tiles kind={kind} stacked={stacked}>
        {heads.map(({ title }, column) =>
          column === own ? (
            <Picture key={title} set={info.board} index={index} tile={tile} label={`${name}: ${title}`} />
          ) : (
            <span key={title} className="tile-empty" />
          ),
        )}
      </Tiles>
      <span className="row-count muted">not on the board at this time</span>
    </>
  );
}
