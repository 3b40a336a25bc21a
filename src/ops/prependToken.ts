import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';
import { sumRows } from './linear.ts';

/**
 * Puts one learned token before the rows of every sample.
 *
 * @param token (d)
 * @param x (B, n, d)
 * @returns (B, n + 1, d)
 */
export function prependToken(token: tf.Tensor1D, x: tf.Tensor3D): tf.Tensor3D {
  const [batch, rows, width] = x.shape;
  return withGradient(
    [token, x],
    () => {
      const first = tf.tile(tf.reshape(token, [1, 1, width]), [batch, 1, 1]);
      return { value: tf.concat([first, x], 1), saved: [] };
    },
    (dy) => {
      const grad = dy as tf.Tensor3D;
      const dFirst = tf.slice(grad, [0, 0, 0], [batch, 1, width]);
      return [sumRows(tf.reshape(dFirst, [batch, width])), tf.slice(grad, [0, 1, 0], [batch, rows, width])];
    },
  ) as tf.Tensor3D;
}
