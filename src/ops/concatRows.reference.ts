/** The rows of b (B, M, d) behind those of a (B, N, d), sample by sample. */
export function concatRowsReference(a: ArrayLike<number>, b: ArrayLike<number>, batch: number): Float64Array {
  const [first, second] = [a.length / batch, b.length / batch];
  const y = new Float64Array(a.length + b.length);
  for (let i = 0; i < y.length; i++) {
    const sample = Math.floor(i / (first + second));
    const place = i % (first + second);
    y[i] = place < first ? a[sample * first + place] : b[sample * second + place - first];
  }
  return y;
}
