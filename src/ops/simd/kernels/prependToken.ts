import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

/** dy (B, n + 1, d) -> [dToken (d): the sum of first rows, in order; dx (B, n, d)] */
export function prependTokenGrad({ heap, share, threads, inputs: { dy } }: SimdCall): tf.TensorInfo[] {
  const [batch, rows, width] = dy.shape;
  const outputs = [heap.tensor([width]), heap.tensor([batch, rows - 1, width])];
  const [from, dToken, dx] = [dy, ...outputs].map((tensor) => heap.address(tensor));
  const sample = rows * width;
  heap.withScratch(batch * width, (first) => {
    share('copyRows', [from, first, sample, width, width], batch, grainOf(batch, threads, 1));
    share('sumSamples', [first, dToken, batch, width, 1], 1, 1);
  });
  share('copyRows', [from + 4 * width, dx, sample, sample - width, sample - width], batch, grainOf(batch, threads, 1));
  return outputs;
}
