import { bytes, loadPart, multiplyAdd, storePart } from './vector';

/**
 * C (rows, columns) = D + A B, matrices of any layout. Sums run over `inner` in order, one float accumulator an element.
 *
 * @param aRow bytes from one row of A to the next
 * @param aColumn bytes from one column of A to the next: with the two swapped, the product is with A transposed
 * @param b rows of B may be read up to a multiple of 4 floats
 * @param d 0 for no D; may be C
 * @param dRow bytes from one row of D to the next: 0 adds one row to all
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
  d: usize = 0,
  dRow: i32 = 0,
): void {
  for (let j = 0; j < columns; j += 8) {
    const left = columns - j;
    const bTile = b + bytes(j);
    const cTile = c + bytes(j);
    const dTile: usize = d == 0 ? 0 : d + bytes(j);
    for (let i = 0; i < rows; i += 4) {
      const aTile = a + i * aRow;
      const dRows: usize = d == 0 ? 0 : dTile + i * dRow;
      if (left > 4) tile4x8(aTile, aRow, aColumn, bTile, bRow, cTile + i * cRow, cRow, rows - i, left - 4, inner, dRows, dRow);
      else tile4x4(aTile, aRow, aColumn, bTile, bRow, cTile + i * cRow, cRow, rows - i, left, inner, dRows, dRow);
    }
  }
}

/**
 * Up to 4 rows and 4 + `right` columns. 8 accumulators: enough to keep both units of a core busy, and few enough for the 16
 * vector registers of x86. Where there are fewer rows the last one is computed again, which takes no longer than without.
 */
function tile4x8(
  a: usize,
  aRow: i32,
  aColumn: i32,
  b: usize,
  bRow: i32,
  c: usize,
  cRow: i32,
  rows: i32,
  right: i32,
  inner: i32,
  d: usize,
  dRow: i32,
): void {
  const second = rows > 1 ? 1 : 0;
  const third = rows > 2 ? 2 : second;
  const fourth = rows > 3 ? 3 : third;
  let c00 = initial(d, 0, 4);
  let c01 = initial(d, 16, right);
  let c10 = initial(d, second * dRow, 4);
  let c11 = initial(d, second * dRow + 16, right);
  let c20 = initial(d, third * dRow, 4);
  let c21 = initial(d, third * dRow + 16, right);
  let c30 = initial(d, fourth * dRow, 4);
  let c31 = initial(d, fourth * dRow + 16, right);
  let a1 = a + second * aRow;
  let a2 = a + third * aRow;
  let a3 = a + fourth * aRow;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const x0 = v128.load_splat<f32>(a);
    c00 = multiplyAdd(x0, b0, c00);
    c01 = multiplyAdd(x0, b1, c01);
    const x1 = v128.load_splat<f32>(a1);
    c10 = multiplyAdd(x1, b0, c10);
    c11 = multiplyAdd(x1, b1, c11);
    const x2 = v128.load_splat<f32>(a2);
    c20 = multiplyAdd(x2, b0, c20);
    c21 = multiplyAdd(x2, b1, c21);
    const x3 = v128.load_splat<f32>(a3);
    c30 = multiplyAdd(x3, b0, c30);
    c31 = multiplyAdd(x3, b1, c31);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  storeRow(c, c00, c01, right);
  if (rows > 1) storeRow(c + cRow, c10, c11, right);
  if (rows > 2) storeRow(c + 2 * cRow, c20, c21, right);
  if (rows > 3) storeRow(c + 3 * cRow, c30, c31, right);
}

/** Up to 4 rows and columns. */
function tile4x4(
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
  d: usize,
  dRow: i32,
): void {
  const second = rows > 1 ? 1 : 0;
  const third = rows > 2 ? 2 : second;
  const fourth = rows > 3 ? 3 : third;
  let c0 = initial(d, 0, columns);
  let c1 = initial(d, second * dRow, columns);
  let c2 = initial(d, third * dRow, columns);
  let c3 = initial(d, fourth * dRow, columns);
  let a1 = a + second * aRow;
  let a2 = a + third * aRow;
  let a3 = a + fourth * aRow;
  for (let k = 0; k < inner; k++) {
    const b0 = v128.load(b);
    c0 = multiplyAdd(v128.load_splat<f32>(a), b0, c0);
    c1 = multiplyAdd(v128.load_splat<f32>(a1), b0, c1);
    c2 = multiplyAdd(v128.load_splat<f32>(a2), b0, c2);
    c3 = multiplyAdd(v128.load_splat<f32>(a3), b0, c3);
    a += aColumn;
    a1 += aColumn;
    a2 += aColumn;
    a3 += aColumn;
    b += bRow;
  }
  storePart(c, c0, columns);
  if (rows > 1) storePart(c + cRow, c1, columns);
  if (rows > 2) storePart(c + 2 * cRow, c2, columns);
  if (rows > 3) storePart(c + 3 * cRow, c3, columns);
}

@inline
function initial(d: usize, offset: i32, count: i32): v128 {
  return d == 0 ? f32x4.splat(0) : loadPart(d + offset, count, 0);
}

/** Four floats, and `right` more. */
@inline
function storeRow(c: usize, first: v128, second: v128, right: i32): void {
  v128.store(c, first);
  storePart(c + 16, second, right);
}
