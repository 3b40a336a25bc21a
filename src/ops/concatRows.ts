import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Puts the rows of b behind those of a, sample by sample.
 *
 * @param a (B, N, d)
 * @param b (B, M, d)
 * @returns (B, N + M, d)
 */
export function concatRows(a: tf.Tensor3D, b: tf.Tensor3D): tf.Tensor3D {
  const first = a.shape[1];
  return withGradient(
    [a, b],
    (a, b) => ({ value: kernelOr('ConcatRows', { a, b }, {}, () => tf.concat([a, b], 1)), saved: [] }),
    (dy) => kernelOr('ConcatRowsGrad', { dy }, { first }, () => composeGradient(dy as tf.Tensor3D, first)),
  ) as tf.Tensor3D;
}

/** [da (B, first, d), db (B, M, d)]. */
function composeGradient(dy: tf.Tensor3D, first: number): tf.Tensor[] {
  const [batch, rows, width] = dy.shape;
  return [tf.slice(dy, [0, 0, 0], [batch, first, width]), tf.slice(dy, [0, first, 0], [batch, rows - first, width])];
}
