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
