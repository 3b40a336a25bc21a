import { PANEL } from './layout';
import { bytes, loadPart, multiplyAdd, storePart } from './vector';

/**
 * Up to 4 rows and 8 columns of C = D + A B like product.ts's, but the rows of A lie anywhere, in `outer` runs of `inner` numbers:
 * `aStep` bytes from one to the next, and `aJump` more from one run to the next.
 *
 * @param d 0 for no D; may be C
 */
export function tileOfRuns(
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  aStep: i32,
  aJump: i32,
  b: usize,
  inner: i32,
  outer: i32,
  c: usize,
  cRow: i32,
  rows: i32,
  columns: i32,
  d: usize,
  dRow: i32,
): void {
  const second = rows > 1 ? 1 : 0;
  const third = rows > 2 ? 2 : second;
  const fourth = rows > 3 ? 3 : third;
  let c00 = initial(d, 0, columns);
  let c01 = initial(d, 16, columns - 4);
  let c10 = initial(d, second * dRow, columns);
  let c11 = initial(d, second * dRow + 16, columns - 4);
  let c20 = initial(d, third * dRow, columns);
  let c21 = initial(d, third * dRow + 16, columns - 4);
  let c30 = initial(d, fourth * dRow, columns);
  let c31 = initial(d, fourth * dRow + 16, columns - 4);
  for (let run = 0; run < outer; run++) {
    for (let k = 0; k < inner; k++) {
      const b0 = v128.load(b);
      const b1 = v128.load(b, 16);
      const x0 = v128.load_splat<f32>(a0);
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
      a0 += aStep;
      a1 += aStep;
      a2 += aStep;
      a3 += aStep;
      b += bytes(PANEL);
    }
    a0 += aJump;
    a1 += aJump;
    a2 += aJump;
    a3 += aJump;
  }
  storeRow(c, c00, c01, columns);
  if (rows > 1) storeRow(c + cRow, c10, c11, columns);
  if (rows > 2) storeRow(c + 2 * cRow, c20, c21, columns);
  if (rows > 3) storeRow(c + 3 * cRow, c30, c31, columns);
}

@inline
function initial(d: usize, offset: i32, count: i32): v128 {
  return d == 0 || count <= 0 ? f32x4.splat(0) : loadPart(d + offset, count, 0);
}

@inline
function storeRow(c: usize, first: v128, second: v128, count: i32): void {
  storePart(c, first, count);
  if (count > 4) storePart(c + 16, second, count - 4);
}
