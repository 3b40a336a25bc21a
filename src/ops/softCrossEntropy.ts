import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Mean over rows of -sum(target log softmax(logits)): cross-entropy with targets that are spread over classes, as label smoothing
 * (Szegedy et al. 2016), mixup (Zhang et al. 2018) and distillation make them. The targets are data: they get no gradient.
 *
 * @param logits (rows, classes), unnormalised
 * @param targets (rows, classes) probabilities; each row sums to 1
 * @returns scalar, natural logarithm
 */
export function softCrossEntropy(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  tf.util.assertShapesMatch(logits.shape, targets.shape, 'softCrossEntropy: ');
  return withGradient(
    [logits],
    (logits) => {
      const [value, probabilities] = kernelOr('SoftCrossEntropy', { logits, targets }, {}, () =>
        composeForward(logits, targets),
      ) as [tf.Tensor, tf.Tensor];
      return { value, saved: [probabilities, targets] };
    },
    (dy, [probabilities, targets]) => [
      kernelOr('SoftCrossEntropyGrad', { dy, probabilities, targets }, {}, () =>
        tf.mul(tf.sub(probabilities, targets), tf.div(dy, probabilities.shape[0] as number)),
      ),
    ],
  ) as tf.Scalar;
}

function composeForward(logits: tf.Tensor2D, targets: tf.Tensor2D): tf.Tensor[] {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, -1, true);
  const expected = tf.sum(tf.mul(shifted, targets), -1, true);
  return [tf.mean(tf.sub(tf.log(sums), expected)), tf.div(exponentials, sums)];
}
