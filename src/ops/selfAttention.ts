import * as tf from '@tensorflow/tfjs-core';
import { type AttentionTrace, attention, attentionForward, attentionGradient, attentionWeights } from './attention.ts';
import { asMatrix, kernelOr, withGradient } from './kernels.ts';
import { linear, linearForward, linearGradient } from './linear.ts';
import { sliceRows } from './sliceRows.ts';

/** The projections to queries (d, d) and to keys and values side by side (d, 2 d). */
export interface ProjectionWeights {
  qWeight: tf.Tensor2D;
  qBias: tf.Tensor1D;
  kvWeight: tf.Tensor2D;
  kvBias: tf.Tensor1D;
}

export interface SelfAttentionSettings {
  heads: number;
  /** The first rows of every sample, 1..N: only they have keys and values. */
  context: number;
}

/**
 * Multi-head self-attention up to, not including, its output projection: every row asks, the first `context` rows answer
 * (methods 1.1). One op from x to the heads' outputs, so that a backend can keep the projections packed.
 *
 * @param x (B, N, d)
 * @param bias (heads, N, context) added to the scores, as relative positions are (methods 1.4); with it, a composition of
 * smaller ops
 * @returns (B, N, d)
 */
export function selfAttention(
  x: tf.Tensor3D,
  weights: ProjectionWeights,
  settings: SelfAttentionSettings,
  bias?: tf.Tensor3D,
): tf.Tensor3D {
  if (bias !== undefined) return biasedSelfAttention(x, weights, settings, bias);
  const { qWeight, qBias, kvWeight, kvBias } = weights;
  const { heads, context } = settings;
  return withGradient(
    [x, qWeight, qBias, kvWeight, kvBias],
    (x, qWeight, qBias, kvWeight, kvBias) => {
      const inputs = { x, qWeight, qBias, kvWeight, kvBias };
      const [value, q, kv, state] = kernelOr('SelfAttention', inputs, { heads, context }, () =>
        composeForward(x, { qWeight, qBias, kvWeight, kvBias }, settings),
      ) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
      return { value, saved: [x, qWeight, kvWeight, q, kv, value, state] };
    },
    (dy, [x, qWeight, kvWeight, q, kv, output, state]) =>
      kernelOr('SelfAttentionGrad', { x, qWeight, kvWeight, q, kv, output, state, dy }, { heads, context }, () =>
        composeGradient(x, qWeight, kvWeight, { q, kv, output, state, bias: undefined }, dy, settings),
      ),
  ) as tf.Tensor3D;
}

function biasedSelfAttention(
  x: tf.Tensor3D,
  { qWeight, qBias, kvWeight, kvBias }: ProjectionWeights,
  { heads, context }: SelfAttentionSettings,
  bias: tf.Tensor3D,
): tf.Tensor3D {
  const readable = context === x.shape[1] ? x : sliceRows(x, 0, context);
  const q = linear(x, qWeight, qBias) as tf.Tensor3D;
  const kv = linear(readable, kvWeight, kvBias) as tf.Tensor3D;
  return attention(q, kv, heads, bias);
}

/** The attention weights that `selfAttention` uses inside, for looking at: (B * heads, N, context), rows sum to 1. */
export function selfAttentionWeights(
  x: tf.Tensor3D,
  weights: ProjectionWeights,
  { heads, context }: SelfAttentionSettings,
  bias?: tf.Tensor3D,
): tf.Tensor3D {
  const [q, kv] = project(x, weights, context);
  return attentionWeights(q, kv, heads, bias);
}

/** [output, q, kv, state]. */
function composeForward(x: tf.Tensor3D, weights: ProjectionWeights, { heads, context }: SelfAttentionSettings): tf.Tensor[] {
  const [q, kv] = project(x, weights, context);
  const [output, state] = attentionForward(q, kv, heads);
  return [output, q, kv, state];
}

/** [q (B, N, d), kv (B, context, 2 d)]. */
function project(x: tf.Tensor3D, weights: ProjectionWeights, context: number): [tf.Tensor3D, tf.Tensor3D] {
  const [batch, rows, width] = x.shape;
  const { qWeight, qBias, kvWeight, kvBias } = weights;
  const q = linearForward(asMatrix(x), qWeight, qBias);
  const kv = linearForward(asMatrix(firstRows(x, context)), kvWeight, kvBias);
  return [tf.reshape(q, [batch, rows, width]), tf.reshape(kv, [batch, context, 2 * width])];
}

/** [dx, dqWeight, dqBias, dkvWeight, dkvBias]. */
function composeGradient(
  x: tf.Tensor,
  qWeight: tf.Tensor,
  kvWeight: tf.Tensor,
  trace: AttentionTrace,
  dy: tf.Tensor,
  { heads, context }: SelfAttentionSettings,
): tf.Tensor[] {
  const [batch, rows, width] = x.shape as [number, number, number];
  const [dq, dkv] = attentionGradient(trace, dy, heads);
  const [dxAll, dqWeight, dqBias] = linearGradient(asMatrix(x), qWeight, asMatrix(dq));
  const readable = firstRows(x as tf.Tensor3D, context);
  const [dxReadable, dkvWeight, dkvBias] = linearGradient(asMatrix(readable), kvWeight, asMatrix(dkv));
  const padded = tf.pad(tf.reshape(dxReadable, readable.shape), [
    [0, 0],
    [0, rows - context],
    [0, 0],
  ]);
  const dx = tf.add(tf.reshape(dxAll, [batch, rows, width]), padded);
  return [dx, dqWeight, dqBias, dkvWeight, dkvBias];
}

function firstRows(x: tf.Tensor3D, rows: number): tf.Tensor3D {
  const [batch, all, width] = x.shape;
  return rows === all ? x : tf.slice(x, [0, 0, 0], [batch, rows, width]);
}
