import type { ConvShape } from './groupedConv.ts';

/**
 * Grouped convolution with zeros around the grid, in double precision: x (B, n, d), weight (taps, d / groups, d), bias (d)
 * -> (B, n, d).
 */
export function groupedConvReference(
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  bias: ArrayLike<number>,
  shape: ConvShape,
): Float64Array {
  const width = bias.length;
  const y = Float64Array.from(x, (_, i) => bias[i % width]);
  forEachProduct(x.length, width, shape, (input, w, output) => {
    y[output] += x[input] * weight[w];
  });
  return y;
}

/** [dx, dWeight, dBias] for dy (B, n, d), in double precision. */
export function groupedConvGradientReference(
  dy: ArrayLike<number>,
  x: ArrayLike<number>,
  weight: ArrayLike<number>,
  width: number,
  shape: ConvShape,
): [Float64Array, Float64Array, Float64Array] {
  const dx = new Float64Array(x.length);
  const dWeight = new Float64Array(weight.length);
  const dBias = new Float64Array(width);
  for (let i = 0; i < dy.length; i++) dBias[i % width] += dy[i];
  forEachProduct(x.length, width, shape, (input, w, output) => {
    dx[input] += dy[output] * weight[w];
    dWeight[w] += dy[output] * x[input];
  });
  return [dx, dWeight, dBias];
}

/** Calls `visit` with the places in x, weight and y of every product that the convolution adds up. */
function forEachProduct(
  length: number,
  width: number,
  { groups, rows, columns, kernelRows, kernelColumns }: ConvShape,
  visit: (input: number, weight: number, output: number) => void,
): void {
  const channels = width / groups;
  for (let output = 0; output < length; output++) {
    const [token, channel] = [Math.floor(output / width), output % width];
    const [sample, place] = [Math.floor(token / (rows * columns)), token % (rows * columns)];
    for (let tap = 0; tap < kernelRows * kernelColumns; tap++) {
      const row = Math.floor(place / columns) + Math.floor(tap / kernelColumns) - (kernelRows - 1) / 2;
      const column = (place % columns) + (tap % kernelColumns) - (kernelColumns - 1) / 2;
      if (row < 0 || row >= rows || column < 0 || column >= columns) continue;
      const input = ((sample * rows + row) * columns + column) * width + Math.floor(channel / channels) * channels;
      for (let i = 0; i < channels; i++) visit(input + i, (tap * channels + i) * width + channel, output);
    }
  }
}
