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
    let i = 0;
    if (left > 4) {
      for (; i + 4 <= rows; i += 4) {
        const dRows: usize = d == 0 ? 0 : dTile + i * dRow;
        tile4x8(a + i * aRow, aRow, aColumn, bTile, bRow, cTile + i * cRow, cRow, left, inner, dRows, dRow);
      }
    }
    for (; i < rows; i++) {
      const dRows: usize = d == 0 ? 0 : dTile + i * dRow;
      if (left > 4) tile1x8(a + i * aRow, aColumn, bTile, bRow, cTile + i * cRow, left, inner, dRows);
      else tile1x4(a + i * aRow, aColumn, bTile, bRow, cTile + i * cRow, left, inner, dRows);
    }
  }
}

/** 8 accumulators: enough to keep both units of a core busy, and few enough for the 16 vector registers of x86. */
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
  d: usize,
  dRow: i32,
): void {
  const right = columns - 4;
  let c00 = initial(d, 0, 4);
  let c01 = initial(d, 16, right);
  let c10 = initial(d, dRow, 4);
  let c11 = initial(d, dRow + 16, right);
  let c20 = initial(d, 2 * dRow, 4);
  let c21 = initial(d, 2 * dRow + 16, right);
  let c30 = initial(d, 3 * dRow, 4);
  let c31 = initial(d, 3 * dRow + 16, right);
  let a1 = a + aRow;
  let a2 = a1 + aRow;
  let a3 = a2 + aRow;
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
  storeRow(c + cRow, c10, c11, right);
  storeRow(c + 2 * cRow, c20, c21, right);
  storeRow(c + 3 * cRow, c30, c31, right);
}

@inline
function tile1x8(a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, columns: i32, inner: i32, d: usize): void {
  let c0 = initial(d, 0, 4);
  let c1 = initial(d, 16, columns - 4);
  for (let k = 0; k < inner; k++) {
    const x = v128.load_splat<f32>(a);
    c0 = multiplyAdd(x, v128.load(b), c0);
    c1 = multiplyAdd(x, v128.load(b, 16), c1);
    a += aColumn;
    b += bRow;
  }
  storeRow(c, c0, c1, columns - 4);
}

@inline
function tile1x4(a: usize, aColumn: i32, b: usize, bRow: i32, c: usize, columns: i32, inner: i32, d: usize): void {
  let c0 = initial(d, 0, columns);
  for (let k = 0; k < inner; k++) {
    c0 = multiplyAdd(v128.load_splat<f32>(a), v128.load(b), c0);
    a += aColumn;
    b += bRow;
  }
  storePart(c, c0, columns);
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
