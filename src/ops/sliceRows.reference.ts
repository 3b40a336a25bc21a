/** Rows `begin` to `begin + count` of every sample: x (B, rows, d) -> (B, count, d). */
export function sliceRowsReference(
  x: ArrayLike<number>,
  batch: number,
  rows: number,
  begin: number,
  count: number,
): Float64Array {
  const width = x.length / (batch * rows);
  const taken = count * width;
  return Float64Array.from({ length: batch * taken }, (_, i) => x[(Math.floor(i / taken) * rows + begin) * width + (i % taken)]);
}
