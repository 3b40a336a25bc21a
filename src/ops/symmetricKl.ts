import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';

/**
 * KL(p | q) + KL(q | p) = sum (p - q) (log p - log q) of the distributions that two sets of logits stand for, mean over rows: what R3F
 * lowers (Aghajanyan et al. 2021, eq. 3). Both sides get a gradient.
 *
 * @param a,b (rows, classes), unnormalised
 * @returns scalar, natural logarithm
 */
export function symmetricKl(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  tf.util.assertShapesMatch(a.shape, b.shape, 'symmetricKl: ');
  const rows = a.shape[0];
  return withGradient(
    [a, b],
    (a, b) => {
      const [logP, logQ] = [logProbabilities(a), logProbabilities(b)];
      const [p, q] = [tf.exp(logP), tf.exp(logQ)];
      const logs = tf.sub(logP, logQ);
      const apart = tf.sub(p, q);
      return { value: tf.div(tf.sum(tf.mul(apart, logs)), rows), saved: [p, q, logs, apart] };
    },
    (dy, [p, q, logs, apart]) => {
      const scale = tf.div(dy, rows);
      // Of a: p (logs - sum p logs) + p - q; of b the same with the sides changed.
      const slope = (own: tf.Tensor) => tf.mul(own, tf.sub(logs, tf.sum(tf.mul(own, logs), -1, true)));
      return [tf.mul(scale, tf.add(slope(p), apart)), tf.mul(tf.neg(scale), tf.add(slope(q), apart))];
    },
  ) as tf.Scalar;
}

function logProbabilities(logits: tf.Tensor2D): tf.Tensor {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  return tf.sub(shifted, tf.log(tf.sum(tf.exp(shifted), -1, true)));
}
