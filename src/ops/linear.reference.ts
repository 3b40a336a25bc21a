/** y = x W + b in double precision; x (rows, in), weight (in, out), bias (out). */
export function linearReference(x: ArrayLike<number>, weight: ArrayLike<number>, bias: ArrayLike<number>): Float64Array {
  const out = bias.length;
  const inner = weight.length / out;
  const rows = x.length / inner;
  const y = new Float64Array(rows * out);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < out; j++) {
      let sum = bias[j];
      for (let k = 0; k < inner; k++) sum += x[row * inner + k] * weight[k * out + j];
      y[row * out + j] = sum;
    }
  }
  return y;
}

/** [dx, dWeight, dBias] for dy (rows, out), in double precision. */
export function linearGradientReference(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  out: number,
): [Float64Array, Float64Array, Float64Array] {
  const inner = weight.length / out;
  const dx = new Float64Array(x.length);
  const dWeight = new Float64Array(weight.length);
  const dBias = new Float64Array(out);
  for (let row = 0; row < x.length / inner; row++) {
    for (let j = 0; j < out; j++) {
      const grad = dy[row * out + j];
      dBias[j] += grad;
      for (let k = 0; k < inner; k++) {
        dx[row * inner + k] += grad * weight[k * out + j];
        dWeight[k * out + j] += grad * x[row * inner + k];
      }
    }
  }
  return [dx, dWeight, dBias];
}
