import { PANEL, panelled, panels, panelsOfTranspose } from './layout';
import { product } from './product';
import { bytes, loadPart, storePart } from './vector';

/** Rows of C that are finished, panel by panel, before the next ones: their rows of A stay in the second-level cache. */
const BLOCK: i32 = 64;
/** Rows of x and dy that a weight gradient takes at a time: a panel of so many rows stays in the first-level cache. */
const SLICE: i32 = 256;

/** Floats of scratch for `linear`. */
export function linearScratch(inner: i32, columns: i32): i32 {
  return inner * panelled(columns);
}

/** Floats of scratch for either gradient. */
export function linearGradScratch(inner: i32, columns: i32): i32 {
  return max(panelled(inner) * columns, (panelled(columns) + BLOCK) * SLICE);
}

/** Rows `start` to `end` of y = x W + b; x (rows, inner), W (inner, columns). */
export function linear(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  scratch: usize,
  inner: i32,
  columns: i32,
  start: i32,
  end: i32,
): void {
  panels(weight, bytes(columns), scratch, inner, columns);
  const rows = end - start;
  productWithPanels(x + bytes(start * inner), scratch, bias, y + bytes(start * columns), rows, columns, inner);
}

/** Rows `start` to `end` of dx = dy W^T; dy (rows, columns), W (inner, columns). */
export function linearInputGrad(
  dy: usize,
  weight: usize,
  dx: usize,
  scratch: usize,
  inner: i32,
  columns: i32,
  start: i32,
  end: i32,
): void {
  panelsOfTranspose(weight, bytes(columns), scratch, inner, columns);
  const rows = end - start;
  productWithPanels(dy + bytes(start * columns), scratch, 0, dx + bytes(start * inner), rows, inner, columns);
}

/**
 * Adds what the rows `start` to `end` contribute to dW = x^T dy and db = the sum of dy's rows, which the caller has set
 * to zero.
 */
export function linearWeightGrad(
  x: usize,
  dy: usize,
  dWeight: usize,
  dBias: usize,
  scratch: usize,
  inner: i32,
  columns: i32,
  start: i32,
  end: i32,
): void {
  const xRow = bytes(inner);
  const dyRow = bytes(columns);
  const xPanels = scratch;
  const dyPanels = scratch + bytes(BLOCK * SLICE);
  for (let row = start; row < end; row += SLICE) {
    const rows = min(SLICE, end - row);
    panels(dy + row * dyRow, dyRow, dyPanels, rows, columns);
    addColumnSums(dyPanels, dBias, rows, columns);
    for (let i = 0; i < inner; i += BLOCK) {
      const height = min(BLOCK, inner - i);
      panels(x + row * xRow + bytes(i), xRow, xPanels, rows, height);
      addProductOfPanels(xPanels, dyPanels, dWeight + i * dyRow, dyRow, height, columns, rows);
    }
  }
}

/** C (rows, columns) += A^T B with both in panels of `inner` rows. */
function addProductOfPanels(a: usize, b: usize, c: usize, cRow: i32, rows: i32, columns: i32, inner: i32): void {
  for (let j = 0; j < columns; j += PANEL) {
    for (let i = 0; i < rows; i += PANEL) {
      const height = min(PANEL, rows - i);
      const width = min(PANEL, columns - j);
      const target = c + i * cRow + bytes(j);
      const row = bytes(PANEL);
      product(a + bytes(i * inner), 4, row, b + bytes(j * inner), row, target, cRow, height, width, inner, target, cRow);
    }
  }
}

/** C (rows, columns) = A B + bias with B in panels; no bias if that is 0. */
function productWithPanels(a: usize, b: usize, bias: usize, c: usize, rows: i32, columns: i32, inner: i32): void {
  const aRow = bytes(inner);
  const cRow = bytes(columns);
  for (let i = 0; i < rows; i += BLOCK) {
    const height = min(BLOCK, rows - i);
    for (let j = 0; j < columns; j += PANEL) {
      const width = min(PANEL, columns - j);
      const bPanel = b + bytes(j * inner);
      const target = c + i * cRow + bytes(j);
      const added: usize = bias == 0 ? 0 : bias + bytes(j);
      product(a + i * aRow, aRow, 4, bPanel, bytes(PANEL), target, cRow, height, width, inner, added, 0);
    }
  }
}

/** Adds to `sums` (columns) the rows of a matrix in panels. */
function addColumnSums(x: usize, sums: usize, rows: i32, columns: i32): void {
  for (let j = 0; j < columns; j += 4) {
    let total = loadPart(sums + bytes(j), columns - j, 0);
    let at = x + bytes((j & ~(PANEL - 1)) * rows + (j & (PANEL - 1)));
    for (let i = 0; i < rows; i++) {
      total = f32x4.add(total, v128.load(at));
      at += bytes(PANEL);
    }
    storePart(sums + bytes(j), total, columns - j);
  }
}
