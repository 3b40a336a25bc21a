/** What all trials on a device do with tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { Gpu } from '../../ops/wgsl/kernel.ts';

/** Reads results, and gives them back. */
export async function readResults(gpu: Gpu, results: readonly tf.TensorInfo[]): Promise<ArrayLike<number>[]> {
  const found = await Promise.all(results.map(({ dataId }) => tf.backend().read(dataId)));
  disposeAll(gpu, results);
  // Of numbers, not of words.
  return found as ArrayLike<number>[];
}

/** Gives back what was made by the executor, and what tfjs made. */
export function disposeAll(gpu: Gpu, tensors: readonly tf.TensorInfo[]): void {
  for (const tensor of tensors) {
    if (tensor instanceof tf.Tensor) tensor.dispose();
    else gpu.dispose(tensor);
  }
}

export function areClose(found: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): boolean {
  return Array.from(expected).every((value, i) => Math.abs(found[i] - value) <= tolerance);
}
