import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Mean over the rows of every sample: mean pooling.
 *
 * @param x (B, N, d)
 * @returns (B, d)
 */
export function meanTokens(x: tf.Tensor3D): tf.Tensor2D {
  const rows = x.shape[1];
  return withGradient(
    [x],
    (x) => ({ value: kernelOr('MeanTokens', { x }, {}, () => tf.mean(x, 1)), saved: [] }),
    (dy) => [kernelOr('MeanTokensGrad', { dy }, { rows }, () => composeGradient(dy, rows))],
  ) as tf.Tensor2D;
}

/** (B, d) -> (B, rows, d). */
function composeGradient(dy: tf.Tensor, rows: number): tf.Tensor {
  const [batch, width] = dy.shape as [number, number];
  return tf.tile(tf.reshape(tf.div(dy, rows), [batch, 1, width]), [1, rows, 1]);
}
