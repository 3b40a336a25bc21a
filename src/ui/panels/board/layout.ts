/** How many pictures the board shows, and how large. */
import type { Size } from '../../hooks.ts';

export interface BoardLayout {
  rows: number;
  /** Side of a picture, in CSS pixels. */
  tile: number;
}

/** Kept in step with `.board` and `.board-row` in board.css. */
const GAP = 12;
const HEADS = 20;
const TARGET_TILE = 132;
/** Rows of the stacked page, where height is free. */
const STACKED_ROWS = 4;
const STACKED_TILE = 176;

/** What stands in a row of the board: pictures, and beside them, where they fit, names and numbers. */
export interface BoardColumns {
  /** Pictures side by side. */
  tiles: number;
  /** CSS pixels of everything else in the row, the gap on either side of the pictures left out. */
  aside: number;
}

/**
 * `fill`: as many pictures as fit into the height. `beside`: names and counts beside the pictures, height free. `above`:
 * the same with names and counts above them. The widths at which these change stand in layout.css and board.css.
 */
export type BoardShape = 'fill' | 'beside' | 'above';

export function boardLayout(size: Size, shape: BoardShape, pictures: number | null, { tiles, aside }: BoardColumns): BoardLayout {
  const most = pictures ?? STACKED_ROWS;
  const byWidth =
    shape === 'above'
      ? Math.floor((size.width - (tiles - 1) * GAP) / tiles)
      : Math.floor((size.width - aside - (tiles + 1) * GAP) / tiles);
  if (shape !== 'fill') return { rows: Math.min(STACKED_ROWS, most), tile: Math.max(48, Math.min(STACKED_TILE, byWidth)) };
  const height = size.height - HEADS;
  const target = Math.min(TARGET_TILE, Math.max(48, byWidth));
  const rows = Math.max(1, Math.min(most, Math.floor((height + GAP) / (target + GAP))));
  const byHeight = Math.floor((height - (rows - 1) * GAP) / rows);
  return { rows, tile: Math.max(48, Math.min(byHeight, byWidth)) };
}
