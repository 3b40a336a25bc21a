import * as tf from '@tensorflow/tfjs-core';
import { gatherTableGradient } from './gatherTable.ts';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Looks words up in a table and scales them: x[b, k] = scale * table[ids[b, k]]. The gradient of a row is the sum over all places of
 * its word, in a fixed order.
 *
 * @param table (V, d)
 * @param ids (B, n) int32, each from 0 to V - 1
 * @param sorted `sortWords` of the ids: with it, WebGPU looks at every place once, without, V times
 * @returns (B, n, d)
 */
export function embedWords(table: tf.Tensor2D, ids: tf.Tensor2D, scale: number, sorted?: tf.Tensor): tf.Tensor3D {
  const words = table.shape[0];
  return withGradient(
    [table],
    (table) => ({ value: forward(table, ids, scale), saved: sorted === undefined ? [ids] : [ids, sorted] }),
    (dy, [ids, sorted]) => [gradient(dy, ids as tf.Tensor2D, sorted, words, scale)],
  ) as tf.Tensor3D;
}

/** Kernel `EmbedWords`: table (V, d), ids (B, n) -> (B, n, d). */
function forward(table: tf.Tensor2D, ids: tf.Tensor2D, scale: number): tf.Tensor {
  return kernelOr('EmbedWords', { table, ids }, { scale }, () => tf.mul(tf.gather(table, ids), scale));
}

/** Kernel `EmbedWordsGrad`: dy (B, n, d), ids (B, n), sorted -> (words, d). */
function gradient(dy: tf.Tensor, ids: tf.Tensor2D, sorted: tf.Tensor | undefined, words: number, scale: number): tf.Tensor {
  const inputs = sorted === undefined ? { dy, ids } : { dy, ids, sorted };
  return kernelOr('EmbedWordsGrad', inputs, { words, scale }, () => tf.mul(gatherTableGradient(dy, ids, words), scale));
}
