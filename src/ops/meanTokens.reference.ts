/** Mean over the rows of every sample, in double precision: x (B, N, d) -> (B, d). */
export function meanTokensReference(x: ArrayLike<number>, batch: number, rows: number): Float64Array {
  const width = x.length / (batch * rows);
  const y = new Float64Array(batch * width);
  for (let i = 0; i < x.length; i++) y[Math.floor(i / (rows * width)) * width + (i % width)] += x[i] / rows;
  return y;
}
