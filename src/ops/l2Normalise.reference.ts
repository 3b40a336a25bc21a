/** Rows at length 1 in double precision: x (rows, width) -> (rows, width). */
export function l2NormaliseReference(x: ArrayLike<number>, width: number, epsilon: number): Float64Array {
  const y = Float64Array.from(x);
  for (let start = 0; start < y.length; start += width) {
    const row = y.subarray(start, start + width);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value ** 2, epsilon));
    row.forEach((value, i) => {
      row[i] = value / norm;
    });
  }
  return y;
}
