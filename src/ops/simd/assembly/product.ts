/** Small matrix products, and copies of matrices into the layout that they need. */
import { bytes, loadPart, padded, storePart } from './vector';

/**
 * C (rows, columns) = A B, overwriting C. Sums run over `inner` in order, one float accumulator an element.
 *
 * @param aRow bytes from one row of A to the next
 * @param aColumn bytes from one column of A to the next: with the two swapped, the product is with A transposed
 * @param b rows of B may be read up to a multiple of 4 floats
 */
export function product(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  rows: i32,
  columns: i32,
  inner: i32,
): void {
  let j = 0;
  for (; j + 4 < columns; j += 8) {
    let i = 0;
    const bTile = b + bytes(j);
    for (; i + 4 <= rows; i += 4) {
      tile4x8(a + i * aRow, aRow, aColumn, bTile, bRow, c + i * cRow + bytes(j), cRow, columns - j, inner);
    }
    for (; i < rows; i++) tile1x8(a + i * aRow, aColumn, bTile, bRow, c + i * cRow + bytes(j), columns - j, inner);
  }
  if (j < columns) {
    const bTile = b + bytes(j);
    for (let i = 0; i < rows; i++) {
      tile1x4(a + i * aRow, aColumn, bTile, bRow, c + i * cRow + bytes(j), columns - j, inner);
    }
  }
}

function tile4x8(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  columns: i32,
  inner: i32,
): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const aRow2 = aRow + aRow;
  const aRow3 = aRow2 + aRow;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(a0, b0));
    c01 = f32x4.add(c01, f32x4.mul(a0, b1));
    const a1 = v128.load_splat<f32>(a + aRow);
    c10 = f32x4.add(c10, f32x4.mul(a1, b0));
    c11 = f32x4.add(c11, f32x4.mul(a1, b1));
    const a2 = v128.load_splat<f32>(a + aRow2);
    c20 = f32x4.add(c20, f32x4.mul(a2, b0));
    c21 = f32x4.add(c21, f32x4.mul(a2, b1));
    const a3 = v128.load_splat<f32>(a + aRow3);
    c30 = f32x4.add(c30, f32x4.mul(a3, b0));
    c31 = f32x4.add(c31, f32x4.mul(a3, b1));
    a += aColumn;
    b += bRow;
  }
  const right = columns - 4;
  v128.store(c, c00);
  storePart(c + 16, c01, right);
  v128.store(c + cRow, c10);
  storePart(c + cRow + 16, c11, right);
  v128.store(c + 2 * cRow, c20);
  storePart(c + 2 * cRow + 16, c21, right);
  v128.store(c + 3 * cRow, c30);
  storePart(c + 3 * cRow + 16, c31, right);
}

@inline
function tile1x8(a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, columns: i32, inner: i32): void {
  let c0 = f32x4.splat(0);
  let c1 = c0;
  for (let k = 0; k < inner; k++) {
    const a0 = v128.load_splat<f32>(a);
    c0 = f32x4.add(c0, f32x4.mul(a0, v128.load(b)));
    c1 = f32x4.add(c1, f32x4.mul(a0, v128.load(b, 16)));
    a += aColumn;
    b += bRow;
  }
  v128.store(c, c0);
  storePart(c + 16, c1, columns - 4);
}

@inline
function tile1x4(a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, columns: i32, inner: i32): void {
  let c0 = f32x4.splat(0);
  for (let k = 0; k < inner; k++) {
    c0 = f32x4.add(c0, f32x4.mul(v128.load_splat<f32>(a), v128.load(b)));
    a += aColumn;
    b += bRow;
  }
  storePart(c, c0, columns);
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

/** Up to 4 x 4 elements: of x at most `rows` and `columns`, of y at most `columns` full rows of 4. */
@inline
function transposeTile(x: usize, xRow: i32, y: usize, yRow: i32, rows: i32, columns: i32): void {
  const zero = f32x4.splat(0);
  const x0 = loadPart(x, columns, 0);
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
