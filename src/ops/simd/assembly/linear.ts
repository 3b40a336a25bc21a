import { geluWithSlope } from './gelu';
import { add, PANEL, panelled } from './layout';
import { product } from './product';
import { bytes, loadPart, storePart } from './vector';

/** Rows of C that are finished, panel by panel, before the next ones: their rows of A stay in the second-level cache. */
const BLOCK: i32 = 64;
/** Rows and columns of a weight gradient that one piece of work has. */
const PIECE: i32 = 32;

/** Rows `start` to `end` of y = x W + b, or of dx = dy W^T with W transposed and b 0; W (inner, columns) in panels. */
export function linear(
  x: usize,
  panels: usize,
  bias: usize,
  y: usize,
  inner: i32,
  columns: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row += BLOCK) {
    const rows = min(BLOCK, end - row);
    productWithPanels(x + bytes(row * inner), panels, bias, 0, y + bytes(row * columns), rows, columns, inner);
  }
}

/** Rows `start` to `end` of y = residual + x W + b; without a bias if that is 0, and `residual` may then be y. */
export function linearResidual(
  x: usize,
  panels: usize,
  bias: usize,
  residual: usize,
  y: usize,
  inner: i32,
  columns: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row += BLOCK) {
    const rows = min(BLOCK, end - row);
    const target = y + bytes(row * columns);
    const added = residual + bytes(row * columns);
    if (bias == 0) {
      productWithPanels(x + bytes(row * inner), panels, added, bytes(columns), target, rows, columns, inner);
    } else {
      productWithPanels(x + bytes(row * inner), panels, bias, 0, target, rows, columns, inner);
      add(target, added, target, rows * columns);
    }
  }
}

/**
 * Rows `start` to `end` of an MLP: active = GELU(h) and slope = GELU'(h) of h = x W1 + b1, y = residual + active W2 + b2;
 * x, residual and y (rows, width), active and slope (rows, hidden). A block goes through both layers while it is in the cache.
 */
export function mlp(
  x: usize,
  panels1: usize,
  bias1: usize,
  panels2: usize,
  bias2: usize,
  residual: usize,
  active: usize,
  slope: usize,
  y: usize,
  width: i32,
  hidden: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row += BLOCK) {
    const last = min(row + BLOCK, end);
    const inside = bytes(row * hidden);
    linear(x, panels1, bias1, slope, width, hidden, row, last);
    geluWithSlope(slope + inside, active + inside, slope + inside, (last - row) * hidden);
    linearResidual(active, panels2, bias2, residual, y, hidden, width, row, last);
  }
}

/** Rows `start` to `end` of an MLP's gradient: dHidden = (dy W2^T) slope, dx = dHidden W1^T. */
export function mlpInputGrad(
  dy: usize,
  panels2: usize,
  slope: usize,
  panels1: usize,
  dHidden: usize,
  dx: usize,
  width: i32,
  hidden: i32,
  start: i32,
  end: i32,
): void {
  for (let row = start; row < end; row += BLOCK) {
    const last = min(row + BLOCK, end);
    const inside = bytes(row * hidden);
    linear(dy, panels2, 0, dHidden, width, hidden, row, last);
    multiply(dHidden + inside, slope + inside, (last - row) * hidden);
    linear(dHidden, panels1, 0, dx, hidden, width, row, last);
  }
}

/**
 * dW (inner, columns) = x^T dy and db = the sum of dy's rows, from x and dy in panels of slices of `slice` rows; what is in
 * dW and db is added to if `more`. `start` and `end` count the pieces of dW, 32 by 32, row by row; those of the first row
 * of pieces make db.
 */
export function linearWeightGrad(
  xPanels: usize,
  dyPanels: usize,
  dWeight: usize,
  dBias: usize,
  inner: i32,
  columns: i32,
  rows: i32,
  slice: i32,
  more: i32,
  start: i32,
  end: i32,
): void {
  const across = piecesOf(columns);
  for (let piece = start; piece < end; piece++) {
    const i = (piece / across) * PIECE;
    const j = (piece % across) * PIECE;
    const height = min(PIECE, inner - i);
    const width = min(PIECE, columns - j);
    const target = dWeight + bytes(i * columns + j);
    for (let row = 0; row < rows; row += slice) {
      const taken = min(slice, rows - row);
      const a = xPanels + bytes(row * panelled(inner) + i * taken);
      const b = dyPanels + bytes(row * panelled(columns) + j * taken);
      const adds = more != 0 || row > 0;
      productOfPanels(a, b, target, bytes(columns), height, width, taken, adds);
      if (i == 0) columnSums(b, dBias + bytes(j), taken, width, adds);
    }
  }
}

/** Pieces of work in a weight gradient. */
export function weightGradPieces(inner: i32, columns: i32): i32 {
  return piecesOf(inner) * piecesOf(columns);
}

@inline
function piecesOf(length: i32): i32 {
  return (length + PIECE - 1) / PIECE;
}

/** C (rows, columns) = A^T B with both in panels of `inner` rows, or C += A^T B. */
@inline
function productOfPanels(a: usize, b: usize, c: usize, cRow: i32, rows: i32, columns: i32, inner: i32, adds: bool): void {
  const panelRow = bytes(PANEL);
  for (let j = 0; j < columns; j += PANEL) {
    for (let i = 0; i < rows; i += PANEL) {
      const height = min(PANEL, rows - i);
      const width = min(PANEL, columns - j);
      const target = c + i * cRow + bytes(j);
      const added: usize = adds ? target : 0;
      product(a + bytes(i * inner), 4, panelRow, b + bytes(j * inner), panelRow, target, cRow, height, width, inner, added, cRow);
    }
  }
}

/** C (rows, columns) = D + A B with B in panels; no D if that is 0, one row of D for all if its rows are 0 bytes apart. */
function productWithPanels(
  a: usize,
  b: usize,
  d: usize,
  dRow: i32,
  c: usize,
  rows: i32,
  columns: i32,
  inner: i32,
): void {
  for (let j = 0; j < columns; j += PANEL) {
    const width = min(PANEL, columns - j);
    const added: usize = d == 0 ? 0 : d + bytes(j);
    const bPanel = b + bytes(j * inner);
    product(a, bytes(inner), 4, bPanel, bytes(PANEL), c + bytes(j), bytes(columns), rows, width, inner, added, dRow);
  }
}

/** The column sums of a matrix in panels, or what is in `sums` and them. */
@inline
export function columnSums(x: usize, sums: usize, rows: i32, columns: i32, adds: bool): void {
  for (let j = 0; j < columns; j += 4) {
    let total = adds ? loadPart(sums + bytes(j), columns - j, 0) : f32x4.splat(0);
    let at = x + bytes((j & ~(PANEL - 1)) * rows + (j & (PANEL - 1)));
    for (let i = 0; i < rows; i++) {
      total = f32x4.add(total, v128.load(at));
      at += bytes(PANEL);
    }
    storePart(sums + bytes(j), total, columns - j);
  }
}

/** x = x * y. */
@inline
function multiply(x: usize, y: usize, count: i32): void {
  for (let i = 0; i < count; i += 4) {
    const left = count - i;
    storePart(x + bytes(i), f32x4.mul(loadPart(x + bytes(i), left, 0), loadPart(y + bytes(i), left, 0)), left);
  }
}
