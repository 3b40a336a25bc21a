import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Mean over rows of -log softmax(logits)[label].
 *
 * @param logits (rows, classes), unnormalised: a softmax before this is the classic silent bug (methods 10, MP3 item 7)
 * @param labels (rows) int32
 * @returns scalar, natural logarithm
 */
export function crossEntropy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return withGradient(
    [logits],
    () => {
      const [value, probabilities] = kernelOr('CrossEntropy', { logits, labels }, {}, () => composeForward(logits, labels)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      return { value, saved: [probabilities, labels] };
    },
    (dy, saved) => {
      const [probabilities, targets] = saved as [tf.Tensor2D, tf.Tensor1D];
      return [
        kernelOr('CrossEntropyGrad', { dy, probabilities, labels: targets }, {}, () =>
          composeGradient(dy, probabilities, targets),
        ),
      ];
    },
  ) as tf.Scalar;
}

function composeForward(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor[] {
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, -1, true);
  const target = oneHot(labels, logits.shape[1]);
  const picked = tf.sum(tf.mul(shifted, target), -1, true);
  return [tf.mean(tf.sub(tf.log(sums), picked)), tf.div(exponentials, sums)];
}

/** (softmax - one-hot) / rows. */
function composeGradient(dy: tf.Tensor, probabilities: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor {
  const [rows, classes] = probabilities.shape;
  const target = oneHot(labels, classes);
  return tf.mul(tf.sub(probabilities, target), tf.div(dy, rows));
}

/** (rows, classes) of 0 and 1. tfjs wasm asked for float32 directly writes the bits of an integer 1, that is 1.4e-45. */
function oneHot(labels: tf.Tensor1D, classes: number): tf.Tensor {
  return tf.cast(tf.oneHot(labels, classes), 'float32');
}
