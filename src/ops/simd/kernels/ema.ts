import type * as tf from '@tensorflow/tfjs-core';
import { ELEMENTS_GRAIN, elementsOf, type SimdCall } from './call.ts';

/** In place: the average keeps its address. */
export function ema({ heap, share, inputs: { average, values, rate } }: SimdCall): tf.TensorInfo[] {
  const [old, fresh, kept] = [average, values, rate].map((tensor) => heap.address(tensor));
  share('ema', [old, fresh, kept], elementsOf(average), ELEMENTS_GRAIN);
  return [];
}
