/** How samples of a sense are drawn, and which part of the drawing each token is. */

export interface Cell {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Drawing {
  /** Pixels. */
  width: number;
  height: number;
  /** Where each token stands, in its order. */
  cells: readonly Cell[];
  rows: number;
  columns: number;
  /** (n, length) tokens as a picture. */
  draw(tokens: Float32Array): ImageData;
}

/** A sample as models read it, and what people get of it. */
export interface Sample {
  tokens: Float32Array | Int32Array;
  drawing?: Drawing;
  /** 16-bit at 16 kHz. */
  sound?: Int16Array;
  text?: string;
}

/** Cells of a raster in raster order. */
export function cellsOf(width: number, height: number, rows: number, columns: number): Cell[] {
  const [w, h] = [width / columns, height / rows];
  return Array.from({ length: rows * columns }, (_, i) => ({
    x: (i % columns) * w,
    y: Math.floor(i / columns) * h,
    width: w,
    height: h,
  }));
}
