/** The board before there are samples: the same places, still empty. */
import type { BoardKind } from '../../objectives/page.ts';
import { COLUMNS } from './kinds.ts';
import type { BoardLayout } from './layout.ts';
import { Tiles } from './Tiles.tsx';

export function EmptyBoard({ layout, kind }: { layout: BoardLayout; kind: BoardKind }) {
  return Array.from({ length: layout.rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: all rows are alike
    <div key={index} className="board-row" aria-hidden="true">
      <span className="row-name muted">Sample {index + 1}</span>
      <Tiles kind={kind} stacked={layout.stacked}>
        {COLUMNS[kind].map(({ title }) => (
          <span key={title} className="tile-empty" />
        ))}
      </Tiles>
      <span className="row-count" />
    </div>
  ));
}
