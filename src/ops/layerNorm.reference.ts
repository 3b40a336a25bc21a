/** Layer norm over rows of length gamma.length, in double precision. */
export function layerNormReference(
  x: ArrayLike<number>,
  gamma: ArrayLike<number>,
  beta: ArrayLike<number>,
  epsilon: number,
): Float64Array {
  const width = gamma.length;
  const y = new Float64Array(x.length);
  for (let start = 0; start < x.length; start += width) {
    let mean = 0;
    for (let i = 0; i < width; i++) mean += x[start + i] / width;
    let variance = 0;
    for (let i = 0; i < width; i++) variance += (x[start + i] - mean) ** 2 / width;
    const inverseStd = 1 / Math.sqrt(variance + epsilon);
    for (let i = 0; i < width; i++) {
      y[start + i] = (x[start + i] - mean) * inverseStd * gamma[i] + beta[i];
    }
  }
  return y;
}
