import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Looks rows of a learned table up: y[b, k] = table[index[b, k]]. An index that names no row takes zeros. The gradient of a row is
 * the sum over all places that took it, in a fixed order.
 *
 * @param table (n, d)
 * @param index (B, K) int32 in 0..n - 1
 * @returns (B, K, d)
 */
export function gatherTable(table: tf.Tensor2D, index: tf.Tensor2D): tf.Tensor3D {
  const rows = table.shape[0];
  return withGradient(
    [table],
    (table) => ({ value: gatherTableForward(table, index), saved: [index] }),
    (dy, [index]) => [gatherTableGradient(dy, index as tf.Tensor2D, rows)],
  ) as tf.Tensor3D;
}

/** Kernel `GatherTable`: table (n, d), index (B, K) -> (B, K, d). */
export function gatherTableForward(table: tf.Tensor, index: tf.Tensor2D): tf.Tensor {
  const [rows, width] = table.shape as [number, number];
  return kernelOr('GatherTable', { table, index }, {}, () =>
    tf.reshape(tf.matMul(selection(index, rows), table), [...index.shape, width]),
  );
}

/** Kernel `ScatterTable`: dy (B, K, d), index (B, K) -> (rows, d). */
export function gatherTableGradient(dy: tf.Tensor, index: tf.Tensor2D, rows: number): tf.Tensor {
  const width = dy.shape[2] as number;
  return kernelOr('ScatterTable', { dy, index }, { rows }, () =>
    tf.matMul(tf.transpose(selection(index, rows)), tf.reshape(dy, [index.size, width])),
  );
}

/** (B K, rows) with a 1 where a row is taken. A product with it runs on every backend; tfjs wasm has no scatter. */
export function selection(index: tf.Tensor2D, rows: number): tf.Tensor2D {
  const flat = tf.reshape<tf.Rank.R1>(index, [index.size]);
  // tf.oneHot knows no depth of 1.
  if (rows === 1) return tf.cast(tf.reshape<tf.Rank.R2>(tf.equal(flat, 0), [index.size, 1]), 'float32');
  return tf.cast(tf.oneHot(flat, rows) as tf.Tensor2D, 'float32');
}
