import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/**
 * Puts the rows of b behind those of a, sample by sample.
 *
 * @param a (B, N, d)
 * @param b (B, M, d)
 * @returns (B, N + M, d)
 */
export function concatRows(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  const [batch, first, width] = a.shape;
  const second = b.shape[1];
  return withGradient(
    [a, b],
    (a, b) => ({ value: tf.concat([a, b], 1), saved: [] }),
    (dy) => [
      tf.slice(dy as tf.Tensor3D, [0, 0, 0], [batch, first, width]),
      tf.slice(dy as tf.Tensor3D, [0, first, 0], [batch, second, width]),
    ],
  ) as tf.Tensor3D;
}
