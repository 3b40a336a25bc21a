import * as tf from '@tensorflow/tfjs-core';
import { gatherTableForward, gatherTableGradient } from './gatherTable.ts';
import { withGradient } from './kernels.ts';

/**
 * The bias that `selfAttention` adds to its scores, from a table with one number for each head and relative position (Bao et al.
 * 2022; methods 1.4): bias[h, i, j] = table[index[i, j], h].
 *
 * @param table (positions, heads); (2 G - 1)^2 + 3 positions on a G x G grid with a class token
 * @param index (N, M) int32, which position each pair of query and key is at
 * @returns (heads, N, M)
 */
export function relativeBias(table: tf.Tensor2D, index: tf.Tensor2D): tf.Tensor3D {
  const positions = table.shape[0];
  return withGradient(
    [table],
    (table) => ({ value: tf.transpose(gatherTableForward(table, index), [2, 0, 1]), saved: [index] }),
    (dy, [index]) => [gatherTableGradient(tf.transpose(dy, [1, 2, 0]), index as tf.Tensor2D, positions)],
  ) as tf.Tensor3D;
}
