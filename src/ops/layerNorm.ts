import * as tf from '@tensorflow/tfjs-core';
import { asMatrix, kernelOr, lastDimension, withGradient, withGradients } from './kernels.ts';
import { sumRows } from './linear.ts';

/** As in the papers' own code (methods 0). */
export const LAYER_NORM_EPSILON = 1e-6;

/**
 * Layer norm over the last dimension: (x - mean) / sqrt(variance + eps) * gamma + beta, with the biased variance.
 *
 * @param x (..., d)
 * @param gamma (d)
 * @param beta (d)
 * @param epsilon keeps constant rows from dividing by 0
 * @returns (..., d)
 */
export function layerNorm(x: tf.Tensor, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon = LAYER_NORM_EPSILON): tf.Tensor {
  return tf.reshape(layerNormRows(asMatrix(x), gamma, beta, epsilon), x.shape);
}

function layerNormRows(x: tf.Tensor2D, gamma: tf.Tensor1D, beta: tf.Tensor1D, epsilon: number): tf.Tensor {
  return withGradient(
    [x, gamma, beta],
    () => {
      const [value, ...statistics] = layerNormForward(x, gamma, beta, epsilon);
      return { value, saved: [x, gamma, ...statistics] };
    },
    (dy, [x, gamma, mean, inverseStd]) => layerNormGradient(dy, x, gamma, mean, inverseStd),
  );
}

/**
 * Where a residual branch with a norm before it leaves: layer norm of x for the branch, and x itself for the way around it, as one op,
 * so that the gradients of both are added up where the norm's is made.
 *
 * @returns [layer norm of x, x], both (..., d)
 */
export function layerNormFork<T extends tf.Tensor>(x: T, gamma: tf.Tensor1D, beta: tf.Tensor1D): [normed: T, x: T] {
  const rows = asMatrix(x);
  const [normed, around] = withGradients(
    [rows, gamma, beta],
    () => {
      const [value, ...statistics] = layerNormForward(rows, gamma, beta, LAYER_NORM_EPSILON);
      return { values: [value, tf.clone<tf.Tensor>(rows)], saved: [rows, gamma, ...statistics] };
    },
    ([dy, dAround], [x, gamma, mean, inverseStd]) =>
      kernelOr('LayerNormForkGrad', { x, gamma, mean, inverseStd, dy, dAround }, {}, () => {
        const [dx, ...others] = layerNormGradient(dy, x, gamma, mean, inverseStd);
        return [tf.add(dAround, dx), ...others];
      }),
  );
  return [tf.reshape(normed, x.shape) as T, tf.reshape(around, x.shape) as T];
}

/** Kernel `LayerNorm`: x (rows, d), gamma (d), beta (d) -> [y (rows, d), mean (rows, 1), 1 / std (rows, 1)]. */
function layerNormForward(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): [tf.Tensor, tf.Tensor, tf.Tensor] {
  return kernelOr('LayerNorm', { x, gamma, beta }, { epsilon }, () => composeForward(x, gamma, beta, epsilon)) as [
    tf.Tensor,
    tf.Tensor,
    tf.Tensor,
  ];
}

/** Kernel `LayerNormGrad`: [dx (rows, d), dGamma (d), dBeta (d)]. */
function layerNormGradient(dy: tf.Tensor, x: tf.Tensor, gamma: tf.Tensor, mean: tf.Tensor, inverseStd: tf.Tensor): tf.Tensor[] {
  return kernelOr('LayerNormGrad', { x, gamma, mean, inverseStd, dy }, {}, () => composeGradient(dy, x, gamma, mean, inverseStd));
}

/** (y, mean (rows, 1), 1 / std (rows, 1)). */
function composeForward(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, epsilon: number): tf.Tensor[] {
  const mean = tf.mean(x, -1, true);
  const centred = tf.sub(x, mean);
  const variance = tf.mean(tf.square(centred), -1, true);
  const inverseStd = tf.rsqrt(tf.add(variance, epsilon));
  return [tf.add(tf.mul(tf.mul(centred, inverseStd), gamma), beta), mean, inverseStd];
}

/** With h = (x - mean) / std and g = dy gamma: dx = (g - mean(g) - h mean(g h)) / std. */
function composeGradient(dy: tf.Tensor, x: tf.Tensor, gamma: tf.Tensor, mean: tf.Tensor, inverseStd: tf.Tensor): tf.Tensor[] {
  const normalised = tf.mul(tf.sub(x, mean), inverseStd);
  const scaled = tf.mul(dy, gamma);
  const alongNormalised = tf.mul(normalised, tf.mean(tf.mul(scaled, normalised), -1, true));
  const dx = tf.mul(inverseStd, tf.sub(tf.sub(scaled, tf.mean(scaled, -1, true)), alongNormalised));
  const dGamma = sumRows(tf.mul(dy, normalised) as tf.Tensor2D);
  const dBeta = sumRows(dy as tf.Tensor2D);
  return [dx, tf.reshape(dGamma, [lastDimension(x)]), dBeta];
}
