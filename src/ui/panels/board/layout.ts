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
const SIDE_COLUMNS = 88 + 132;
const TARGET_TILE = 132;
/** Rows of the stacked page, where height is free. */
const STACKED_ROWS = 4;

/**
 * `fill`: as many pictures as fit into the height. `beside`: names and counts beside the pictures, height free. `above`:
 * the same with names and counts above them. The widths at which these change stand in layout.css and board.css.
 */
export type BoardShape = 'fill' | 'beside' | 'above';

export function boardLayout(size: Size, shape: BoardShape, pictures: number | null): BoardLayout {
  const most = pictures ?? STACKED_ROWS;
  if (shape !== 'fill') {
    const room = shape === 'beside' ? (size.width - SIDE_COLUMNS - 4 * GAP) / 3 : (size.width - 2 * GAP) / 3;
    return { rows: Math.min(STACKED_ROWS, most), tile: Math.max(48, Math.min(176, Math.floor(room))) };
  }
  const height = size.height - HEADS;
  const rows = Math.max(1, Math.min(most, Math.floor((height + GAP) / (TARGET_TILE + GAP))));
  const byHeight = Math.floor((height - (rows - 1) * GAP) / rows);
  const byWidth = Math.floor((size.width - SIDE_COLUMNS - 4 * GAP) / 3);
  return { rows, tile: Math.max(48, Math.min(byHeight, byWidth)) };
}
