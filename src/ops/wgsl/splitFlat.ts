/** Cutting and joining flat vectors: copies, not kernels. */
import type * as tf from '@tensorflow/tfjs-core';
import { elements, type WgslCall, type WgslOps } from './kernel.ts';

export const SPLIT_FLAT_OPS: WgslOps = { SplitFlat: splitFlat, ConcatFlat: concatFlat };

function splitFlat({ gpu, inputs: { flat }, sizes }: WgslCall): tf.TensorInfo[] {
  let start = 0;
  return sizes.map((size) => {
    const part = gpu.tensor([size]);
    gpu.copy(flat, start, part, 0, size);
    start += size;
    return part;
  });
}

function concatFlat({ gpu, inputs }: WgslCall): tf.TensorInfo {
  // Keys are 0, 1, ..., which objects keep in numeric order.
  const parts = Object.values(inputs);
  const flat = gpu.tensor([parts.reduce((sum, part) => sum + elements(part), 0)]);
  let start = 0;
  for (const part of parts) {
    gpu.copy(part, 0, flat, start, elements(part));
    start += elements(part);
  }
  return flat;
}
