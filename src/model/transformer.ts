/**
 * The encoder: a pre-norm Vision Transformer whose attention takes keys and values from a context only (methods 0, 1.1).
 * It adds no position of any kind; whoever wants positions adds them to the tokens first.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { add, zerosLike } from '@tensorflow/tfjs-core';
import { dropPath } from '../ops/dropout.ts';
import { layerNorm } from '../ops/layerNorm.ts';
import { linear, linearOfData, linearResidual } from '../ops/linear.ts';
import { type MlpWeights, mlp } from '../ops/mlp.ts';
import { dropToken, prependToken } from '../ops/prependToken.ts';
import { type ProjectionWeights, type SelfAttentionSettings, selfAttention } from '../ops/selfAttention.ts';
import '../ops/gradients.ts';
import { normal, ones, type ParameterSpec, type Weights, xavier, zeros } from './parameters.ts';
import type { ModelSpec } from './spec.ts';

/** Attention as the encoder calls it; a recorder wraps it to keep the weights. `layer` counts from 0. */
export type Attend = (x: tf.Tensor3D, weights: ProjectionWeights, settings: SelfAttentionSettings, layer: number) => tf.Tensor3D;

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

export interface EncodeOptions {
  attend?: Attend | undefined;
  /** (2) int32 seed and step: in training, for drop path. */
  randomKey?: tf.Tensor | undefined;
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
  { attend = selfAttention, randomKey }: EncodeOptions = {},
): tf.Tensor3D {
  const { weight, bias } = linearWeights(weights, 'patch_embed.proj');
  const embedded = linearOfData(patches, weight, bias) as tf.Tensor3D;
  let x = spec.classToken ? prependToken(weights.cls_token as tf.Tensor1D, embedded) : embedded; // (B, N, d)
  const settings = { heads: spec.heads, context: context + (spec.classToken ? 1 : 0) };
  for (let layer = 0; layer < spec.depth; layer++) {
    const name = `blocks.${layer}`;
    const y = applyNorm(weights, `${name}.norm1`, x);
    const attended = attend(y, projectionWeights(weights, name), settings, layer);
    const proj = linearWeights(weights, `${name}.attn.proj`);
    const dropped = dropPathOf(spec, layer, randomKey);
    x = dropped(x, 0, (residual) => linearResidual(attended, proj.weight, proj.bias, residual));
    const hidden = applyNorm(weights, `${name}.norm2`, x);
    x = dropped(x, 1, (residual) => mlp(hidden, mlpWeights(weights, name), residual));
  }
  return applyNorm(weights, 'norm', x);
}

/** Adds a branch to its residual. `branch` is 0 for attention, 1 for the MLP. */
type AddBranch = (x: tf.Tensor3D, branch: number, onto: (residual: tf.Tensor) => tf.Tensor) => tf.Tensor3D;

/** How branches of a layer are added: as they are, or, in training with drop path, for some samples only. */
function dropPathOf({ dropPath: rate, depth }: ModelSpec, layer: number, randomKey: tf.Tensor | undefined): AddBranch {
  const layerRate = (rate * layer) / Math.max(1, depth - 1);
  if (layerRate === 0 || randomKey === undefined) return (x, _branch, onto) => onto(x) as tf.Tensor3D;
  return (x, branch, onto) =>
    add(x, dropPath(onto(zerosLike(x)), randomKey as tf.Tensor1D, layerRate, 2 * layer + branch)) as tf.Tensor3D;
}

function projectionWeights(weights: Weights, block: string): ProjectionWeights {
  const q = linearWeights(weights, `${block}.attn.q`);
  const kv = linearWeights(weights, `${block}.attn.kv`);
  return { qWeight: q.weight, qBias: q.bias, kvWeight: kv.weight, kvBias: kv.bias };
}

function mlpWeights(weights: Weights, block: string): MlpWeights {
  const first = linearWeights(weights, `${block}.mlp.fc1`);
  const second = linearWeights(weights, `${block}.mlp.fc2`);
  return { weight1: first.weight, bias1: first.bias, weight2: second.weight, bias2: second.bias };
}

function linearWeights(weights: Weights, name: string): { weight: tf.Tensor2D; bias: tf.Tensor1D } {
  return { weight: weights[`${name}.weight`] as tf.Tensor2D, bias: weights[`${name}.bias`] as tf.Tensor1D };
}

export function applyLinear(weights: Weights, name: string, x: tf.Tensor3D): tf.Tensor3D {
  const { weight, bias } = linearWeights(weights, name);
  return linear(x, weight, bias) as tf.Tensor3D;
}

function applyNorm(weights: Weights, name: string, x: tf.Tensor3D): tf.Tensor3D {
  return layerNorm(x, weights[`${name}.weight`] as tf.Tensor1D, weights[`${name}.bias`] as tf.Tensor1D) as tf.Tensor3D;
}

/** The patch rows of encoded tokens: without the class token. (B, N, d) -> (B, n, d). */
export function patchRows(tokens: tf.Tensor3D, spec: ModelSpec): tf.Tensor3D {
  return spec.classToken ? dropToken(tokens) : tokens;
}
