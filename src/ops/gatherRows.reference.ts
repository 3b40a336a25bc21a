/** Rows of each sample by index: x (B, N, d), index (B, K) -> (B, K, d). */
export function gatherRowsReference(x: ArrayLike<number>, index: ArrayLike<number>, batch: number, rows: number): Float64Array {
  const taken = index.length / batch;
  const width = x.length / (batch * rows);
  const y = new Float64Array(index.length * width);
  for (let k = 0; k < index.length; k++) {
    const from = (Math.floor(k / taken) * rows + index[k]) * width;
    for (let i = 0; i < width; i++) y[k * width + i] = x[from + i];
  }
  return y;
}
