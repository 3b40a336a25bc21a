import * as tf from '@tensorflow/tfjs-core';
import { asMatrix, kernelOr, withGradient } from './kernels.ts';

/**
 * Mean over all elements of (prediction - target)^2. The target is data: it gets no gradient.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @returns scalar
 */
export function meanSquaredError(prediction: tf.Tensor, target: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(prediction.shape, target.shape, 'meanSquaredError: ');
  return withGradient(
    [prediction],
    (prediction) => {
      const value = kernelOr('MeanSquaredError', { prediction, target }, {}, () =>
        meanOf(tf.squaredDifference(prediction, target)),
      );
      return { value, saved: [prediction, target] };
    },
    (dy, [prediction, target]) => [
      kernelOr('MeanSquaredErrorGrad', { dy, prediction, target }, {}, () =>
        tf.mul(tf.sub(prediction, target), tf.mul(dy, 2 / prediction.size)),
      ),
    ],
  ) as tf.Scalar;
}

/** Row by row first: one long sum in single precision loses digits. */
export function meanOf(x: tf.Tensor): tf.Scalar {
  return tf.mean(x.rank === 0 ? x : tf.mean(asMatrix(x), -1));
}
