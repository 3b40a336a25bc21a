import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 64;

/** -> [y, 1 / norm (rows, 1)] */
export function l2Normalise({ heap, share, threads, inputs: { x }, attributes: { epsilon } }: SimdCall): tf.TensorInfo[] {
  const [rows, width] = x.shape;
  const outputs = [heap.tensor(x.shape), heap.tensor([rows, 1])];
  const [input, y, inverseNorm] = [x, ...outputs].map((tensor) => heap.address(tensor));
  share('l2Normalise', [input, y, inverseNorm, width, epsilon], rows, grainOf(rows, threads, LEAST_ROWS));
  return outputs;
}

/** -> dx */
export function l2NormaliseGrad({ heap, share, threads, inputs: { dy, y, inverseNorm } }: SimdCall): tf.TensorInfo {
  const [rows, width] = dy.shape;
  const dx = heap.tensor(dy.shape);
  const [upstream, value, scale, output] = [dy, y, inverseNorm, dx].map((tensor) => heap.address(tensor));
  share('l2NormaliseGrad', [upstream, value, scale, output, width], rows, grainOf(rows, threads, LEAST_ROWS));
  return dx;
}
