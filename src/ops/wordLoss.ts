import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/** Scalars of one batch of guesses. */
export interface WordLoss {
  /** Mean over rows of -log softmax(logits)[label], natural logarithm. */
  loss: tf.Scalar;
  /** Share of rows where no word has a higher logit than the label's. It has no gradient. */
  accuracy: tf.Scalar;
}

/**
 * Cross-entropy over many classes: a vocabulary. The gradient is computed with the value, in one pass over what the maximum and the
 * sum took one to find, so that nothing as large as the logits is kept beside it.
 *
 * @param logits (rows, words)
 * @param labels (rows) int32, each one of the words
 */
export function wordLoss(logits: tf.Tensor2D, labels: tf.Tensor1D): WordLoss {
  const both = withGradient(
    [logits],
    (logits) => {
      const [value, dLogits] = kernelOr('WordLoss', { logits, labels }, {}, () => compose(logits, labels)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      return { value, saved: [dLogits] };
    },
    (dy, [dLogits]) => [tf.mul(dLogits, tf.slice(dy as tf.Tensor1D, [0], [1]))],
  ) as tf.Tensor1D;
  const part = (at: number) => tf.reshape<tf.Rank.R0>(tf.slice(both, [at], [1]), []);
  return { loss: part(0), accuracy: part(1) };
}

/** Kernel `WordLoss`: [loss and accuracy (2), the loss's gradient (rows, words)]. */
function compose(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Tensor[] {
  const [rows, words] = logits.shape;
  const target = tf.cast(tf.oneHot(labels, words), 'float32');
  const shifted = tf.sub(logits, tf.max(logits, -1, true));
  const exponentials = tf.exp(shifted);
  const sums = tf.sum(exponentials, -1, true);
  const picked = tf.sum(tf.mul(shifted, target), -1, true);
  const right = tf.cast(tf.greaterEqual(picked, 0), 'float32');
  const means = [tf.sub(tf.log(sums), picked), right].map((part) => tf.reshape(tf.mean(part), [1]));
  return [tf.concat(means), tf.div(tf.sub(tf.div(exponentials, sums), target), rows)];
}
