import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';
import { meanOf } from './meanSquaredError.ts';

/**
 * Mean over all elements of |prediction - target|, whose gradient is 0 where the two are equal. The target is data: it gets no
 * gradient.
 *
 * @param prediction of any shape
 * @param target of the same shape
 * @returns scalar
 */
export function meanAbsoluteError(prediction: tf.Tensor, target: tf.Tensor): tf.Scalar {
  tf.util.assertShapesMatch(prediction.shape, target.shape, 'meanAbsoluteError: ');
  return withGradient(
    [prediction],
    (prediction) => {
      const value = kernelOr('MeanAbsoluteError', { prediction, target }, {}, () => meanOf(tf.abs(tf.sub(prediction, target))));
      return { value, saved: [prediction, target] };
    },
    (dy, [prediction, target]) => [
      kernelOr('MeanAbsoluteErrorGrad', { dy, prediction, target }, {}, () =>
        tf.mul(tf.sign(tf.sub(prediction, target)), tf.mul(dy, 1 / prediction.size)),
      ),
    ],
  ) as tf.Scalar;
}
