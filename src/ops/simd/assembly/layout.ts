/** Copies of matrices in the layouts that products read. Rows lie `xRow` and `yRow` bytes apart. */
import { bytes, loadPart, padded, storePart } from './vector';

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

/** Rows that go into all panels of a call before the next ones: what lies beside each other in x is read while it is in the cache. */
const BLOCK: i32 = 16;

/**
 * Cuts x (rows, columns) into panels of 8 columns: y (rows / slice, columns / 8, slice, 8), zeros in the gap of the last
 * columns; the last slice may have fewer rows. `start` and `end` count panels, over all slices.
 */
export function packPanels(x: usize, y: usize, rows: i32, columns: i32, slice: i32, start: i32, end: i32): void {
  const perSlice = panelled(columns) / PANEL;
  const xRow = bytes(columns);
  for (let panel = start; panel < end; ) {
    const first = (panel / perSlice) * slice;
    const height = min(slice, rows - first);
    const from = panel % perSlice;
    const to = min(from + end - panel, perSlice);
    const input = x + first * xRow;
    const output = y + bytes(first * perSlice * PANEL);
    for (let row = 0; row < height; row += BLOCK) {
      const taken = min(BLOCK, height - row);
      for (let i = from; i < to; i++) {
        const at = bytes((i * height + row) * PANEL);
        packBlock(input + row * xRow + bytes(i * PANEL), xRow, output + at, taken, columns - i * PANEL);
      }
    }
    panel += to - from;
  }
}

/** Some rows of a panel, of which x has `width` columns or more. */
@inline
function packBlock(x: usize, xRow: i32, y: usize, rows: i32, width: i32): void {
  const last = y + bytes(rows * PANEL);
  if (width >= PANEL) {
    for (; y < last; y += bytes(PANEL)) {
      v128.store(y, v128.load(x));
      v128.store(y, v128.load(x, 16), 16);
      x += xRow;
    }
    return;
  }
  for (; y < last; y += bytes(PANEL)) {
    v128.store(y, loadPart(x, width, 0));
    v128.store(y, width > 4 ? loadPart(x + 16, width - 4, 0) : f32x4.splat(0), 16);
    x += xRow;
  }
}

/** The panels of the transpose of x (rows, columns): y (rows / 8, columns, 8). `start` and `end` count panels. */
export function packTransposedPanels(x: usize, y: usize, rows: i32, columns: i32, start: i32, end: i32): void {
  const xRow = bytes(columns);
  for (let panel = start; panel < end; panel++) {
    const row = panel * PANEL;
    for (let j = 0; j < columns; j += 4) {
      const from = x + row * xRow + bytes(j);
      const to = y + bytes(row * columns + j * PANEL);
      transposeTile(from, xRow, to, bytes(PANEL), rows - row, columns - j);
      transposeTile(from + 4 * xRow, xRow, to + 16, bytes(PANEL), rows - row - 4, columns - j);
    }
  }
}

/** Adds x (samples, rows, width) to the first rows of every sample of y (samples, all, width). */
export function addToRows(x: usize, y: usize, all: i32, rows: i32, width: i32, start: i32, end: i32): void {
  const row = bytes(width);
  for (let sample = start; sample < end; sample++) {
    const to = y + sample * all * row;
    add(to, x + sample * rows * row, to, rows * width);
  }
}

/** z = x + y; z may be either. */
export function add(x: usize, y: usize, z: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    storePart(z + bytes(i), f32x4.add(loadPart(x + bytes(i), left, 0), loadPart(y + bytes(i), left, 0)), left);
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
