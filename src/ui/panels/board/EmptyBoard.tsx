/** The board before there are pictures: the same places, still empty. */
import type { BoardLayout } from './layout.ts';

export function EmptyBoard({ layout }: { layout: BoardLayout }) {
  return Array.from({ length: layout.rows }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: all rows are alike
    <div key={index} className="board-row" aria-hidden="true">
      <span className="row-name muted">Sample {index + 1}</span>
      <span className="tile-empty" />
      <span className="tile-empty" />
      <span className="tile-empty" />
      <span className="row-count" />
    </div>
  ));
}
