/** Sizes of a board picture in device pixels, so that pixels stay crisp and pieces stay equal. */

export interface Geometry {
  /** Pieces on one side. */
  side: number;
  /** One piece, in device pixels. */
  piece: number;
  /** Space around each piece, in which its border is drawn. */
  gap: number;
  border: number;
  /** The whole picture with its outer gaps, in device pixels. */
  total: number;
}

/**
 * The largest picture that fits into `available` CSS pixels. Whole multiples of the picture's own pixels are taken when
 * they cost at most an eighth of the room: unequal pixels are less ugly than a small picture.
 */
export function fitPicture(available: number, size: number, side: number, pixelRatio: number): Geometry {
  const border = Math.max(1, Math.round((side <= 4 ? 2 : 1) * pixelRatio));
  // Where pieces are many and small, neighbours share one line.
  const gap = side <= 8 ? 2 * border : border;
  const room = Math.max(side, Math.floor(available * pixelRatio) - gap * (side + 1));
  const patch = size / side;
  const fitting = Math.max(1, Math.floor(room / side));
  const whole = Math.floor(room / size) * patch;
  const piece = whole >= fitting * 0.875 ? whole : fitting;
  return { side, piece, gap, border, total: piece * side + gap * (side + 1) };
}

/** Top left corner of a cell. Fractions are allowed, for pieces on their way. */
export function cellCorner(geometry: Geometry, column: number, row: number): { x: number; y: number } {
  const pitch = geometry.piece + geometry.gap;
  return { x: geometry.gap + column * pitch, y: geometry.gap + row * pitch };
}
