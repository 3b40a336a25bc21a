import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Multi-head attention of all queries over the rows that have keys and values: softmax(Q K^T / sqrt(d / heads)) V.
 * In MP3 those rows are the context only (methods 1.1), so M <= N.
 *
 * @param q (B, N, d)
 * @param kv (B, M, 2 d): keys, then values
 * @returns (B, N, d)
 */
export function attention(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number): tf.Tensor3D {
  return withGradient(
    [q, kv],
    () => {
      const [value, weights] = kernelOr('ContextAttention', { q, kv }, { heads }, () => composeForward(q, kv, heads)) as [
        tf.Tensor,
        tf.Tensor,
      ];
      return { value, saved: [q, kv, weights] };
    },
    (dy, saved) => {
      const [q, kv, weights] = saved as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
      return kernelOr('ContextAttentionGrad', { q, kv, weights, dy }, { heads }, () =>
        composeGradient(dy as tf.Tensor3D, q, kv, weights, heads),
      );
    },
  ) as tf.Tensor3D;
}

/** The attention weights alone, for looking at: (B * heads, N, M), rows sum to 1. */
export function attentionWeights(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number): tf.Tensor3D {
  const width = q.shape[2];
  const [keys] = splitKeysValues(kv);
  const scores = tf.matMul(splitHeads(q, heads), splitHeads(keys, heads), false, true);
  return tf.softmax(tf.mul<tf.Tensor3D>(scores, Math.sqrt(heads / width)));
}

function composeForward(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number): tf.Tensor[] {
  const weights = attentionWeights(q, kv, heads);
  const [, values] = splitKeysValues(kv);
  return [mergeHeads(tf.matMul(weights, splitHeads(values, heads)), heads), weights];
}

/** With P the weights: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dP P)), dQ = dS K / scale, dK = dS^T Q / scale. */
function composeGradient(dy: tf.Tensor3D, q: tf.Tensor3D, kv: tf.Tensor3D, weights: tf.Tensor3D, heads: number): tf.Tensor[] {
  const scale = Math.sqrt(heads / q.shape[2]);
  const [keys, values] = splitKeysValues(kv);
  const dOut = splitHeads(dy, heads);
  const dWeights = tf.matMul(dOut, splitHeads(values, heads), false, true);
  const rowSums = tf.sum(tf.mul(dWeights, weights), -1, true);
  const dScores = tf.mul(tf.mul(weights, tf.sub(dWeights, rowSums)), scale) as tf.Tensor3D;
  const dq = tf.matMul(dScores, splitHeads(keys, heads));
  const dKeys = tf.matMul(dScores, splitHeads(q, heads), true, false);
  const dValues = tf.matMul(weights, dOut, true, false);
  return [mergeHeads(dq, heads), tf.concat([mergeHeads(dKeys, heads), mergeHeads(dValues, heads)], 2)];
}

function splitKeysValues(kv: tf.Tensor3D): [tf.Tensor3D, tf.Tensor3D] {
  return tf.split(kv, 2, 2) as [tf.Tensor3D, tf.Tensor3D];
}

/** (B, N, d) -> (B * heads, N, d / heads). */
function splitHeads(x: tf.Tensor3D, heads: number): tf.Tensor3D {
  const [batch, rows, width] = x.shape;
  const parted = tf.transpose(tf.reshape(x, [batch, rows, heads, width / heads]), [0, 2, 1, 3]);
  return tf.reshape(parted, [batch * heads, rows, width / heads]);
}

/** (B * heads, N, d / heads) -> (B, N, d). */
function mergeHeads(x: tf.Tensor, heads: number): tf.Tensor3D {
  const [groups, rows, size] = x.shape as [number, number, number];
  const parted = tf.transpose(tf.reshape(x, [groups / heads, heads, rows, size]), [0, 2, 1, 3]);
  return tf.reshape(parted, [groups / heads, rows, heads * size]);
}
