import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';

/**
 * Share of rows whose highest score (the first of equals) is at the label. No gradient.
 *
 * @param logits (rows, classes)
 * @param labels (rows) int32
 * @returns scalar in 0..1
 */
export function accuracy(logits: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return kernelOr<tf.Scalar>('Accuracy', { logits, labels }, {}, () => tf.mean(tf.equal(tf.argMax(logits, -1), labels)));
}
