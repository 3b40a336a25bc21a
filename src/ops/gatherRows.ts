import * as tf from '@tensorflow/tfjs-core';
import { selection } from './gatherTable.ts';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Takes rows of every sample by index: y[b, k] = x[b, index[b, k]]; an index that names no row takes zeros. Its gradient scatters: rows taken twice add up.
 *
 * @param x (B, N, d)
 * @param index (B, K) int32 in 0..N - 1
 * @returns (B, K, d)
 */
export function gatherRows(x: tf.Tensor3D, index: tf.Tensor2D): tf.Tensor3D {
  const rows = x.shape[1];
  return withGradient(
    [x],
    (x) => ({ value: kernelOr('GatherRows', { x, index }, {}, () => composeGather(x, index)), saved: [index] }),
    (dy, [index]) => [kernelOr('ScatterRows', { dy, index }, { rows }, () => composeScatter(dy, index as tf.Tensor2D, rows))],
  ) as tf.Tensor3D;
}

function composeGather(x: tf.Tensor3D, index: tf.Tensor2D): tf.Tensor {
  return tf.matMul(selectionOfSamples(index, x.shape[1]), x);
}

/** (B, K, d) -> (B, rows, d). */
function composeScatter(dy: tf.Tensor, index: tf.Tensor2D, rows: number): tf.Tensor {
  return tf.matMul(selectionOfSamples(index, rows), dy, true, false);
}

/** (B, K, rows) with a 1 where a row is taken. */
function selectionOfSamples(index: tf.Tensor2D, rows: number): tf.Tensor3D {
  return tf.reshape(selection(index, rows), [...index.shape, rows]);
}
