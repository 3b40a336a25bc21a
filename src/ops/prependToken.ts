import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';
import { sumRows } from './linear.ts';

/**
 * Puts one learned token before the rows of every sample.
 *
 * @param token (d)
 * @param x (B, n, d)
 * @returns (B, n + 1, d)
 */
export function prependToken(token: tf.Tensor1D, x: tf.Tensor3D): tf.Tensor3D {
  return withGradient(
    [token, x],
    (token, x) => ({ value: kernelOr('PrependToken', { token, x }, {}, () => composeForward(token, x)), saved: [] }),
    (dy) => kernelOr('PrependTokenGrad', { dy }, {}, () => composeGradient(dy as tf.Tensor3D)),
  ) as tf.Tensor3D;
}

function composeForward(token: tf.Tensor1D, x: tf.Tensor3D): tf.Tensor {
  const [batch, , width] = x.shape;
  const first = tf.tile(tf.reshape(token, [1, 1, width]), [batch, 1, 1]);
  return tf.concat([first, x], 1);
}

/** [dToken, dx]. */
function composeGradient(dy: tf.Tensor3D): tf.Tensor[] {
  const [batch, , width] = dy.shape;
  const dFirst = tf.slice(dy, [0, 0, 0], [batch, 1, width]);
  return [sumRows(tf.reshape(dFirst, [batch, width])), composeDrop(dy)];
}

/**
 * The opposite: every sample without its first row.
 *
 * @param x (B, n + 1, d)
 * @returns (B, n, d)
 */
export function dropToken(x: tf.Tensor3D): tf.Tensor3D {
  return withGradient(
    [x],
    (x) => ({ value: kernelOr('DropToken', { x }, {}, () => composeDrop(x)), saved: [] }),
    (dy) => [kernelOr('DropTokenGrad', { dy }, {}, () => composeDropGradient(dy as tf.Tensor3D))],
  ) as tf.Tensor3D;
}

function composeDrop(x: tf.Tensor3D): tf.Tensor {
  const [batch, rows, width] = x.shape;
  return tf.slice(x, [0, 1, 0], [batch, rows - 1, width]);
}

function composeDropGradient(dy: tf.Tensor3D): tf.Tensor {
  return tf.pad(dy, [
    [0, 0],
    [1, 0],
    [0, 0],
  ]);
}
