import type * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/** What `compute` makes, as data: nothing inside it gets a gradient, nor is anything kept for one. */
export function withoutGradient<T extends tf.Tensor>(compute: () => T): T {
  return withGradient(
    [],
    () => ({ value: compute(), saved: [] }),
    () => [],
  ) as T;
}
