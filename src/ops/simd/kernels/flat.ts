import type * as tf from '@tensorflow/tfjs-core';
import { elementsOf, type SimdCall } from './call.ts';

const FLOAT_BYTES = 4;

/** flat (total) -> parts of `sizes`, one after another */
export function splitFlat({ heap, share, inputs: { flat }, sizes }: SimdCall): tf.TensorInfo[] {
  let from = heap.address(flat);
  return sizes.map((size) => {
    const part = heap.tensor([size]);
    share('copyRows', [from, heap.address(part), 0, 0, size], 1, 1);
    from += FLOAT_BYTES * size;
    return part;
  });
}

/** parts, by their places -> (total) */
export function concatFlat({ heap, share, inputs }: SimdCall): tf.TensorInfo {
  const parts = Object.values(inputs);
  const flat = heap.tensor([parts.reduce((sum, part) => sum + elementsOf(part), 0)]);
  let to = heap.address(flat);
  for (const part of parts) {
    const size = elementsOf(part);
    share('copyRows', [heap.address(part), to, 0, 0, size], 1, 1);
    to += FLOAT_BYTES * size;
  }
  return flat;
}
