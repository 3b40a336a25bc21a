/** How many samples the board shows, and how large. */
import type { Size } from '../../hooks.ts';
import { isStrip } from '../../modalities/view.ts';

export interface BoardLayout {
  rows: number;
  /** One drawing of a sample, in CSS pixels. */
  tile: Size;
  /** The drawings of a sample stand one above the other. */
  stacked: boolean;
}

/** Kept in step with `.board` and `.board-row` in board.css. */
const GAP = 12;
const HEADS = 20;
const TARGET_TILE = 132;
/** Rows of the stacked page, where height is free. */
const STACKED_ROWS = 4;
const STACKED_TILE = 176;
const SMALLEST_TILE = 48;
/** Where the page is drawn twice as large on a phone. */
const SMALLEST_ABOVE = 40;

/** Kept in step with `.board[data-stacked]` in board.css: name and counts, and a title beside every strip. */
const STRIP_ASIDE = 100 + GAP + 72 + 50 + 24 + 3 * 4;
const STRIP_GAP = 4;
/** A scale below the last. */
const STRIP_SCALE = 12 + STRIP_GAP;
const TARGET_STRIP = 48;
const TALLEST_STRIP = 72;

/** What stands in a row of the board: drawings of a sample, and beside them, where they fit, names and numbers. */
export interface BoardColumns {
  /** Drawings side by side. */
  tiles: number;
  /** CSS pixels of everything else in the row, the gap on either side of the drawings left out. */
  aside: number;
  /** CSS pixels of what stands below the drawings where those are stacked. */
  below: number;
}

/**
 * `fill`: as many samples as fit into the height. `beside`: names and counts beside the drawings, height free. `above`:
 * the same with names and counts above them. The widths at which these change stand in layout.css and board.css.
 */
export type BoardShape = 'fill' | 'beside' | 'above';

/**
 * @param samples on the board; null before there is a run
 * @param aspect width over height of a drawing: strips are stacked, others stand side by side
 */
export function boardLayout(
  size: Size,
  shape: BoardShape,
  samples: number | null,
  columns: BoardColumns,
  aspect: number,
): BoardLayout {
  const most = samples ?? STACKED_ROWS;
  return isStrip(aspect) ? strips(size, shape, most, columns, aspect) : tiles(size, shape, most, columns, aspect);
}

function tiles(size: Size, shape: BoardShape, most: number, { tiles, aside }: BoardColumns, aspect: number): BoardLayout {
  const byWidth =
    shape === 'above'
      ? Math.floor((size.width - (tiles - 1) * GAP) / tiles)
      : Math.floor((size.width - aside - (tiles + 1) * GAP) / tiles);
  const tileOf = (width: number): Size => ({ width, height: Math.round(width / aspect) });
  if (shape !== 'fill') {
    const smallest = shape === 'above' ? SMALLEST_ABOVE : SMALLEST_TILE;
    const width = Math.max(smallest, Math.min(STACKED_TILE, byWidth));
    return { rows: Math.min(STACKED_ROWS, most), tile: tileOf(width), stacked: false };
  }
  const height = size.height - HEADS;
  const target = Math.min(TARGET_TILE, Math.max(SMALLEST_TILE, byWidth));
  const rows = Math.max(1, Math.min(most, Math.floor((height + GAP) / (target + GAP))));
  const byHeight = Math.floor((height - (rows - 1) * GAP) / rows);
  return { rows, tile: tileOf(Math.max(SMALLEST_TILE, Math.min(byHeight * aspect, byWidth))), stacked: false };
}

/** All as wide as there is room, and as high as that allows. */
function strips(size: Size, shape: BoardShape, most: number, { tiles, below }: BoardColumns, aspect: number): BoardLayout {
  const width = Math.max(48, shape === 'above' ? size.width : size.width - STRIP_ASIDE);
  const highest = Math.floor(width / aspect);
  const between = (tiles - 1) * STRIP_GAP + STRIP_SCALE + below;
  const layout = (rows: number, height: number): BoardLayout => ({
    rows,
    tile: { width, height: Math.max(24, Math.min(height, highest)) },
    stacked: true,
  });
  if (shape !== 'fill') return layout(Math.min(STACKED_ROWS, most), TALLEST_STRIP);
  const height = size.height - HEADS - GAP;
  const rows = Math.max(1, Math.min(most, Math.floor((height + GAP) / (tiles * TARGET_STRIP + between + GAP))));
  return layout(rows, Math.floor(((height - (rows - 1) * GAP) / rows - between) / tiles));
}
