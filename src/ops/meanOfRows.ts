import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/**
 * Mean over those rows of every sample whose id is `least` or higher; zeros for a sample that has none.
 *
 * @param x (B, N, d)
 * @param ids (B, N) int32
 * @returns (B, d)
 */
export function meanOfRows(x: tf.Tensor3D, ids: tf.Tensor2D, least: number): tf.Tensor2D {
  const [batch, rows, width] = x.shape;
  return withGradient(
    [x],
    (x) => {
      const chosen = tf.cast(tf.greaterEqual(ids, tf.scalar(least, 'int32')), 'float32');
      const shares = tf.div(chosen, tf.maximum(tf.sum(chosen, 1, true), 1));
      const mean = tf.matMul(tf.reshape(shares, [batch, 1, rows]), x);
      return { value: tf.reshape(mean, [batch, width]), saved: [shares] };
    },
    (dy, [shares]) => [tf.mul(tf.reshape(shares, [batch, rows, 1]), tf.reshape(dy, [batch, 1, width]))],
  ) as tf.Tensor2D;
}
