/** token (d) before each sample of x (B, n, d): (B, n + 1, d). */
export function prependTokenReference(token: ArrayLike<number>, x: ArrayLike<number>, batch: number): Float64Array {
  const width = token.length;
  const perSample = x.length / batch;
  const y = new Float64Array(x.length + batch * width);
  for (let b = 0; b < batch; b++) {
    const start = b * (perSample + width);
    for (let i = 0; i < width; i++) y[start + i] = token[i];
    for (let i = 0; i < perSample; i++) y[start + width + i] = x[b * perSample + i];
  }
  return y;
}

/** x (B, n + 1, d) without each sample's first row: (B, n, d). */
export function dropTokenReference(x: ArrayLike<number>, batch: number, width: number): Float64Array {
  const perSample = x.length / batch - width;
  return Float64Array.from({ length: batch * perSample }, (_, i) => x[i + (Math.floor(i / perSample) + 1) * width]);
}
