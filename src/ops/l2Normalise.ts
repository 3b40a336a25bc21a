import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/** Under the root, so that a row of zeros stays one. */
export const L2_EPSILON = 1e-12;

/**
 * Rows at length 1: y = x / sqrt(|x|^2 + eps). A row of zeros gives zeros.
 *
 * @param x (rows, E)
 * @returns (rows, E)
 */
export function l2Normalise(x: tf.Tensor2D): tf.Tensor2D {
  return withGradient(
    [x],
    (x) => {
      const [value, inverseNorm] = kernelOr('L2Normalise', { x }, { epsilon: L2_EPSILON }, () => composeForward(x)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      return { value, saved: [value, inverseNorm] };
    },
    (dy, [y, inverseNorm]) => [
      kernelOr('L2NormaliseGrad', { dy, y, inverseNorm }, {}, () => composeGradient(dy, y, inverseNorm)),
    ],
  ) as tf.Tensor2D;
}

/** (y, 1 / norm (rows, 1)). */
function composeForward(x: tf.Tensor): tf.Tensor[] {
  const inverseNorm = tf.rsqrt(tf.add(tf.sum(tf.square(x), -1, true), L2_EPSILON));
  return [tf.mul(x, inverseNorm), inverseNorm];
}

/** dx = (dy - y (y . dy)) / norm: no part of it is along y. */
function composeGradient(dy: tf.Tensor, y: tf.Tensor, inverseNorm: tf.Tensor): tf.Tensor {
  const along = tf.sum(tf.mul(y, dy), -1, true);
  return tf.mul(tf.sub(dy, tf.mul(y, along)), inverseNorm);
}
