import type * as tf from '@tensorflow/tfjs-core';
import { dropThreshold, keptFactor } from '../../dropout.ts';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

/** x of any shape, key (2) int32 -> x's shape */
export function dropout({ heap, share, inputs: { x, key }, attributes: { rate, stream, group } }: SimdCall): tf.TensorInfo {
  const y = heap.tensor(x.shape);
  const [input, seed, output] = [x, key, y].map((tensor) => heap.address(tensor));
  // As 32 bits, whatever their sign.
  const threshold = dropThreshold(rate) | 0;
  share('dropout', [input, seed, output, stream, group, threshold, keptFactor(rate)], elementsOf(x), ELEMENTS_GRAIN);
  return y;
}
