/** Sizes of a puzzle on the board in device pixels, so that pixels stay crisp and pieces stay equal. */
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Size } from '../hooks.ts';

export interface Geometry {
  columns: number;
  rows: number;
  /** One piece, in device pixels. */
  piece: Size;
  /** Space around each piece, in which its border is drawn. */
  gap: number;
  border: number;
  /** The whole sample with its outer gaps, in device pixels. */
  total: Size;
}

/**
 * The largest drawing of a sample that fits into `available` CSS pixels. Whole multiples of the sample's own pixels are taken when
 * they cost at most an eighth of the room: unequal pixels are less ugly than a small drawing.
 *
 * @param own pixels of the sample
 */
export function fitPieces(available: Size, own: Size, grid: Grid, pixelRatio: number): Geometry {
  const [rows, columns] = sidesOf(grid);
  // Pieces along the side of a square: how small they are.
  const crowd = Math.max(rows, (columns * available.height) / available.width);
  const border = Math.max(1, Math.round((crowd <= 4 ? 2 : 1) * pixelRatio));
  // Where pieces are many and small, neighbours share one line.
  const gap = crowd <= 8 ? 2 * border : border;
  const length = (room: number, pixels: number, pieces: number): number =>
    fitLength(Math.floor(room * pixelRatio) - gap * (pieces + 1), pixels, pieces);
  const piece = { width: length(available.width, own.width, columns), height: length(available.height, own.height, rows) };
  const total = {
    width: piece.width * columns + gap * (columns + 1),
    height: piece.height * rows + gap * (rows + 1),
  };
  return { columns, rows, piece, gap, border, total };
}

/** Of one piece, along one side. */
function fitLength(available: number, pixels: number, pieces: number): number {
  const room = Math.max(pieces, available);
  const fitting = Math.max(1, Math.floor(room / pieces));
  const whole = Math.floor((Math.floor(room / pixels) * pixels) / pieces);
  return whole >= fitting * 0.875 ? whole : fitting;
}

/** Top left corner of a cell. Fractions are allowed, for pieces on their way. */
export function cellCorner({ piece, gap }: Geometry, column: number, row: number): { x: number; y: number } {
  return { x: gap + column * (piece.width + gap), y: gap + row * (piece.height + gap) };
}
