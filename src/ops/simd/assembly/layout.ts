/** Copies of matrices in the layouts that products read. Rows lie `xRow` and `yRow` bytes apart. */
import { bytes, loadPart, padded } from './vector';

/** Columns of a panel: two vectors. */
export const PANEL: i32 = 8;

/** The next multiple of a panel's width. */
@inline
export function panelled(columns: i32): i32 {
  return (columns + PANEL - 1) & -PANEL;
}

/** Copies x (rows, columns) to y (rows, columns padded to a multiple of 4 with zeros). */
export function padRows(x: usize, xRow: i32, y: usize, rows: i32, columns: i32): void {
  const yRow = bytes(padded(columns));
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j += 4) {
      v128.store(y + i * yRow + bytes(j), loadPart(x + i * xRow + bytes(j), columns - j, 0));
    }
  }
}

/** Copies x (rows, columns) to y (columns, rows padded to a multiple of 4 with zeros). */
export function transposed(x: usize, xRow: i32, y: usize, rows: i32, columns: i32): void {
  const yRow = bytes(padded(rows));
  for (let i = 0; i < rows; i += 4) {
    for (let j = 0; j < columns; j += 4) {
      transposeTile(x + i * xRow + bytes(j), xRow, y + j * yRow + bytes(i), yRow, rows - i, columns - j);
    }
  }
}

/** Cuts x (rows, columns) into panels of 8 columns, one after the other: y (columns / 8, rows, 8), zeros in the gap. */
export function panels(x: usize, xRow: i32, y: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j += PANEL) {
    for (let i = 0; i < rows; i++) {
      const from = x + i * xRow + bytes(j);
      v128.store(y, loadPart(from, columns - j, 0));
      v128.store(y, columns - j > 4 ? loadPart(from + 16, columns - j - 4, 0) : f32x4.splat(0), 16);
      y += bytes(PANEL);
    }
  }
}

/** The panels of the transpose of x (rows, columns): y (rows / 8, columns, 8). */
export function panelsOfTranspose(x: usize, xRow: i32, y: usize, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i += PANEL) {
    for (let j = 0; j < columns; j += 4) {
      const from = x + i * xRow + bytes(j);
      const to = y + bytes(i * columns + j * PANEL);
      transposeTile(from, xRow, to, bytes(PANEL), rows - i, columns - j);
      transposeTile(from + 4 * xRow, xRow, to + 16, bytes(PANEL), rows - i - 4, columns - j);
    }
  }
}

/** Up to 4 x 4 elements: of x at most `rows` and `columns`, of y at most `columns` full rows of 4. */
@inline
function transposeTile(x: usize, xRow: i32, y: usize, yRow: i32, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  const x0 = rows > 0 ? loadPart(x, columns, 0) : zero;
  const x1 = rows > 1 ? loadPart(x + xRow, columns, 0) : zero;
  const x2 = rows > 2 ? loadPart(x + 2 * xRow, columns, 0) : zero;
  const x3 = rows > 3 ? loadPart(x + 3 * xRow, columns, 0) : zero;
  const low01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(y, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  if (columns > 1) v128.store(y + yRow, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  if (columns > 2) v128.store(y + 2 * yRow, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  if (columns > 3) v128.store(y + 3 * yRow, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}
