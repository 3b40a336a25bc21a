/** The inner loop of nearest neighbours and of the linear probe. */

/**
 * Dot products of one vector with `count` rows that stand one after the other. Four rows at a time: one sum alone waits for
 * its own last addition, which costs half the time.
 *
 * @param vector d numbers from `at`
 * @param rows (count, d) from `first`
 * @param out count numbers
 */
export function dotRows(
  vector: Float32Array,
  at: number,
  rows: Float32Array | Float64Array,
  first: number,
  d: number,
  out: Float64Array,
  count: number,
): void {
  let row = 0;
  for (; row + 3 < count; row += 4) {
    const start = first + row * d;
    let a = 0;
    let b = 0;
    let c = 0;
    let e = 0;
    for (let i = 0; i < d; i++) {
      const value = vector[at + i];
      a += value * rows[start + i];
      b += value * rows[start + d + i];
      c += value * rows[start + 2 * d + i];
      e += value * rows[start + 3 * d + i];
    }
    out[row] = a;
    out[row + 1] = b;
    out[row + 2] = c;
    out[row + 3] = e;
  }
  for (; row < count; row++) {
    let sum = 0;
    for (let i = 0; i < d; i++) sum += vector[at + i] * rows[first + row * d + i];
    out[row] = sum;
  }
}
