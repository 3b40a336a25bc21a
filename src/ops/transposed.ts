import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/** (rows, columns) -> (columns, rows). */
export function transposed(x: tf.Tensor2D): tf.Tensor2D {
  return withGradient(
    [x],
    (x) => ({ value: tf.transpose(x), saved: [] }),
    (dy) => [tf.transpose(dy)],
  ) as tf.Tensor2D;
}
