import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, lastDimension, withGradient } from './kernels.ts';
import { sumRows } from './linear.ts';

/**
 * One learned token in every place: a mask token. Its gradient is the sum over all places.
 *
 * @param token (d)
 * @param batch samples B
 * @param count rows of each sample K
 * @returns (B, K, d)
 */
export function broadcastToken(token: tf.Tensor1D, batch: number, count: number): tf.Tensor3D {
  const width = token.size;
  return withGradient(
    [token],
    (token) => ({
      value: kernelOr('BroadcastToken', { token }, { batch, count }, () =>
        tf.tile(tf.reshape(token, [1, 1, width]), [batch, count, 1]),
      ),
      saved: [],
    }),
    (dy) => [kernelOr('BroadcastTokenGrad', { dy }, {}, () => sumRows(tf.reshape(dy, [batch * count, lastDimension(dy)])))],
  ) as tf.Tensor3D;
}
