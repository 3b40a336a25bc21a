/**
 * The encoder: a pre-norm Vision Transformer whose attention takes keys and values from a context only (methods 0, 1.1).
 * It adds no position of any kind; whoever wants positions adds them to the tokens first.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { add, slice } from '@tensorflow/tfjs-core';
import { attention } from '../ops/attention.ts';
import { gelu } from '../ops/gelu.ts';
import { layerNorm } from '../ops/layerNorm.ts';
import { linear } from '../ops/linear.ts';
import { prependToken } from '../ops/prependToken.ts';
import '../ops/gradients.ts';
import { normal, ones, type ParameterSpec, type Weights, xavier, zeros } from './parameters.ts';
import type { ModelSpec } from './spec.ts';

/** Attention as the encoder calls it; a recorder wraps it to keep the weights. `layer` counts from 0. */
export type Attend = (q: tf.Tensor3D, kv: tf.Tensor3D, heads: number, layer: number) => tf.Tensor3D;

export function encoderParameters(spec: ModelSpec): ParameterSpec[] {
  const { width, patchLength } = spec;
  const specs: ParameterSpec[] = [...linearParameters('patch_embed.proj', patchLength, width)];
  if (spec.classToken) specs.push({ name: 'cls_token', shape: [width], init: normal(0.02) });
  for (let layer = 0; layer < spec.depth; layer++) specs.push(...blockParameters(`blocks.${layer}`, spec));
  specs.push(...normParameters('norm', width));
  return specs;
}

function blockParameters(name: string, { width, mlpRatio }: ModelSpec): ParameterSpec[] {
  return [
    ...normParameters(`${name}.norm1`, width),
    { name: `${name}.attn.q.weight`, shape: [width, width], init: xavier(3) },
    { name: `${name}.attn.q.bias`, shape: [width], init: zeros },
    // Keys and values side by side, each drawn as a third of the packed qkv matrix.
    { name: `${name}.attn.kv.weight`, shape: [width, 2 * width], init: xavier(1.5) },
    { name: `${name}.attn.kv.bias`, shape: [2 * width], init: zeros },
    ...linearParameters(`${name}.attn.proj`, width, width),
    ...normParameters(`${name}.norm2`, width),
    ...linearParameters(`${name}.mlp.fc1`, width, mlpRatio * width),
    ...linearParameters(`${name}.mlp.fc2`, mlpRatio * width, width),
  ];
}

export function linearParameters(name: string, fanIn: number, fanOut: number, init = xavier()): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [fanIn, fanOut], init },
    { name: `${name}.bias`, shape: [fanOut], init: zeros },
  ];
}

function normParameters(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: ones },
    { name: `${name}.bias`, shape: [width], init: zeros },
  ];
}

/**
 * Encodes patches whose first `context` rows are the context. Every row asks; only the class token (if the model has one)
 * and the context answer, so a masked row is read by nobody, not even by itself.
 *
 * @param patches (B, n, patchLength)
 * @param context rows with keys and values, 1..n
 * @returns (B, N, width) after the final norm, N = n + 1 with a class token in row 0, else n
 */
export function encode(
  weights: Weights,
  spec: ModelSpec,
  patches: tf.Tensor3D,
  context: number,
  attend: Attend = attention,
): tf.Tensor3D {
  const embedded = applyLinear(weights, 'patch_embed.proj', patches);
  let x = spec.classToken ? prependToken(weights.cls_token as tf.Tensor1D, embedded) : embedded; // (B, N, d)
  const readable = context + (spec.classToken ? 1 : 0);
  for (let layer = 0; layer < spec.depth; layer++) {
    const name = `blocks.${layer}`;
    const y = applyNorm(weights, `${name}.norm1`, x);
    const q = applyLinear(weights, `${name}.attn.q`, y); // (B, N, d)
    const kv = applyLinear(weights, `${name}.attn.kv`, firstRows(y, readable)); // (B, m + 1, 2 d)
    x = add(x, applyLinear(weights, `${name}.attn.proj`, attend(q, kv, spec.heads, layer)));
    const hidden = gelu(applyLinear(weights, `${name}.mlp.fc1`, applyNorm(weights, `${name}.norm2`, x)));
    x = add(x, applyLinear(weights, `${name}.mlp.fc2`, hidden as tf.Tensor3D));
  }
  return applyNorm(weights, 'norm', x);
}

export function applyLinear(weights: Weights, name: string, x: tf.Tensor3D): tf.Tensor3D {
  return linear(x, weights[`${name}.weight`] as tf.Tensor2D, weights[`${name}.bias`] as tf.Tensor1D) as tf.Tensor3D;
}

function applyNorm(weights: Weights, name: string, x: tf.Tensor3D): tf.Tensor3D {
  return layerNorm(x, weights[`${name}.weight`] as tf.Tensor1D, weights[`${name}.bias`] as tf.Tensor1D) as tf.Tensor3D;
}

function firstRows(x: tf.Tensor3D, rows: number): tf.Tensor3D {
  const [batch, all, width] = x.shape;
  return rows === all ? x : slice(x, [0, 0, 0], [batch, rows, width]);
}

/** The patch rows of encoded tokens: without the class token. (B, N, d) -> (B, n, d). */
export function patchRows(tokens: tf.Tensor3D, spec: ModelSpec): tf.Tensor3D {
  if (!spec.classToken) return tokens;
  const [batch, all, width] = tokens.shape;
  return slice(tokens, [0, 1, 0], [batch, all - 1, width]);
}
