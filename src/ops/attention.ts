import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

/**
 * Multi-head attention of all queries over the rows that have keys and values: softmax(Q K^T / sqrt(d / heads) + bias) V.
 * In MP3 those rows are the context only (methods 1.1), so M <= N.
 *
 * @param q (B, N, d)
 * @param kv (B, M, 2 d): keys, then values
 * @param bias (heads, N, M) added to the scores, as relative positions are; none unless given
 * @returns (B, N, d)
 */
export function attention(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number, bias?: tf.Tensor3D): tf.Tensor3D {
  const inputs: tf.Tensor[] = bias === undefined ? [q, kv] : [q, kv, bias];
  return withGradient(
    inputs,
    () => {
      const [value, state] = attentionForward(q, kv, heads, bias);
      return { value, saved: bias === undefined ? [q, kv, value, state] : [q, kv, value, state, bias] };
    },
    (dy, [q, kv, output, state, bias]) => attentionGradient({ q, kv, output, state, bias }, dy, heads),
  ) as tf.Tensor3D;
}

/** What a forward pass leaves for its gradient; `state` is the kernel's own affair: the weights, or their log-sum-exp. */
export interface AttentionTrace {
  q: tf.Tensor;
  kv: tf.Tensor;
  /** (B, N, d) */
  output: tf.Tensor;
  state: tf.Tensor;
  bias: tf.Tensor | undefined;
}

/** Kernels `ContextAttention` and, with a bias, `BiasedAttention`: -> [output (B, N, d), state]. */
export function attentionForward(q: tf.Tensor, kv: tf.Tensor, heads: number, bias?: tf.Tensor): [tf.Tensor, tf.Tensor] {
  const compose = () => composeForward(q as tf.Tensor3D, kv as tf.Tensor3D, heads, bias);
  const outputs =
    bias === undefined
      ? kernelOr('ContextAttention', { q, kv }, { heads }, compose)
      : kernelOr('BiasedAttention', { q, kv, bias }, { heads }, compose);
  return outputs as [tf.Tensor, tf.Tensor];
}

/** Kernels `ContextAttentionGrad` -> [dq, dkv], and `BiasedAttentionGrad` -> [dq, dkv, dBias]. */
export function attentionGradient(trace: AttentionTrace, dy: tf.Tensor, heads: number): tf.Tensor[] {
  const { q, kv, output, state, bias } = trace;
  const compose = () => composeGradient(trace, dy as tf.Tensor3D, heads);
  return bias === undefined
    ? kernelOr('ContextAttentionGrad', { q, kv, output, state, dy }, { heads }, compose)
    : kernelOr('BiasedAttentionGrad', { q, kv, output, state, bias, dy }, { heads }, compose);
}

/** The attention weights alone, for looking at: (B * heads, N, M), rows sum to 1. */
export function attentionWeights(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number, bias?: tf.Tensor): tf.Tensor3D {
  const width = q.shape[2];
  const [keys] = splitKeysValues(kv);
  const scores = tf.matMul(splitHeads(q, heads), splitHeads(keys, heads), false, true);
  const scaled = tf.mul<tf.Tensor3D>(scores, Math.sqrt(heads / width));
  return tf.softmax(bias === undefined ? scaled : addPerSample(scaled, bias));
}

/** Adds a bias (heads, N, M) to scores (B * heads, N, M). */
function addPerSample(scores: tf.Tensor3D, bias: tf.Tensor): tf.Tensor3D {
  const [groups, queries, context] = scores.shape;
  const heads = bias.shape[0] as number;
  const parted = tf.reshape(scores, [groups / heads, heads, queries, context]);
  return tf.reshape(tf.add(parted, bias), scores.shape);
}

function composeForward(q: tf.Tensor3D, kv: tf.Tensor3D, heads: number, bias?: tf.Tensor): tf.Tensor[] {
  const weights = attentionWeights(q, kv, heads, bias);
  const [, values] = splitKeysValues(kv);
  return [mergeHeads(tf.matMul(weights, splitHeads(values, heads)), heads), weights];
}

/** With P the weights: dV = P^T dO, dP = dO V^T, dS = P (dP - rowsum(dP P)), dQ = dS K / scale, dK = dS^T Q / scale. */
function composeGradient({ q, kv, state, bias }: AttentionTrace, dy: tf.Tensor3D, heads: number): tf.Tensor[] {
  const weights = state as tf.Tensor3D;
  const scale = Math.sqrt(heads / (q.shape[2] as number));
  const [keys, values] = splitKeysValues(kv as tf.Tensor3D);
  const dOut = splitHeads(dy, heads);
  const dWeights = tf.matMul(dOut, splitHeads(values, heads), false, true);
  const rowSums = tf.sum(tf.mul(dWeights, weights), -1, true);
  const dBiased = tf.mul(weights, tf.sub(dWeights, rowSums)) as tf.Tensor3D;
  const dScores = tf.mul<tf.Tensor3D>(dBiased, scale);
  const dq = tf.matMul(dScores, splitHeads(keys, heads));
  const dKeys = tf.matMul(dScores, splitHeads(q as tf.Tensor3D, heads), true, false);
  const dValues = tf.matMul(weights, dOut, true, false);
  const grads = [mergeHeads(dq, heads), tf.concat([mergeHeads(dKeys, heads), mergeHeads(dValues, heads)], 2)];
  if (bias === undefined) return grads;
  const [groups, queries, context] = weights.shape;
  return [...grads, tf.sum(tf.reshape(dBiased, [groups / heads, heads, queries, context]), 0)];
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
