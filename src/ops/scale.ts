import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/** x times a number that never changes. */
export function scale<T extends tf.Tensor>(x: T, factor: number): T {
  return withGradient(
    [x as tf.Tensor],
    (x) => ({ value: tf.mul(x, factor), saved: [] }),
    (dy) => [tf.mul(dy, factor)],
  ) as T;
}
