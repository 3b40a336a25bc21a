import * as tf from '@tensorflow/tfjs-core';
import { withGradient } from './kernels.ts';
import { concatFlat, splitFlat } from './splitFlat.ts';

/**
 * Matrices of one shape, one behind the other.
 *
 * @param matrices k of (B, E)
 * @returns (k, B, E)
 */
export function stackMatrices(matrices: readonly tf.Tensor2D[]): tf.Tensor3D {
  const [rows, width] = matrices[0].shape;
  for (const { shape } of matrices) tf.util.assertShapesMatch(shape, [rows, width], 'stackMatrices: ');
  return withGradient(
    [...matrices],
    (...parts) => ({ value: tf.reshape(concatFlat(parts), [parts.length, rows, width]), saved: [] }),
    (dy) =>
      splitFlat(
        tf.reshape(dy, [dy.size]),
        matrices.map(({ shape }) => shape),
      ),
  ) as tf.Tensor3D;
}
