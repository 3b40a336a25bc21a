/** A stack of Transformer blocks: an encoder's, or a decoder's (methods 0, 3.1). */
import * as tf from '@tensorflow/tfjs-core';
import { dropPath } from '../ops/dropout.ts';
import { linearResidual } from '../ops/linear.ts';
import { type MlpWeights, mlp } from '../ops/mlp.ts';
import { relativeBias } from '../ops/relativeBias.ts';
import { type ProjectionWeights, type SelfAttentionSettings, selfAttention } from '../ops/selfAttention.ts';
import '../ops/gradients.ts';
import { applyNorm, forkNorm, linearParameters, linearWeights, normParameters } from './layers.ts';
import { normal, type ParameterSpec, type Weights, xavier, zeros } from './parameters.ts';

export interface StackSpec {
  /** Block i is `${prefix}.${i}`, as timm names them: `blocks.0.attn.proj.weight`. */
  prefix: string;
  width: number;
  depth: number;
  heads: number;
  mlpRatio: number;
  /** Post-norm blocks draw their matrices from N(0, 0.02^2) as data2vec 2.0 does, the others as MAE does. */
  norm: 'pre' | 'post';
  dropPath: number;
  /** Rows of every block's relative position table; none when absent. */
  relativeOffsets?: number | undefined;
}

/** Attention as a block calls it; a recorder wraps it to keep the weights. `layer` counts from 0. */
export type Attend = (
  x: tf.Tensor3D,
  weights: ProjectionWeights,
  settings: SelfAttentionSettings,
  bias: tf.Tensor3D | undefined,
  layer: number,
) => tf.Tensor3D;

export interface StackOptions {
  /** Rows with keys and values, the first of every sample; all of them unless given. */
  context?: number | undefined;
  attend?: Attend | undefined;
  /** (2) int32 seed and step: in training, for drop path. */
  randomKey?: tf.Tensor | undefined;
  /** (N, N) int32: the row of the relative table for every pair of tokens. */
  relativeIndex?: tf.Tensor | undefined;
  /** Receives every block's MLP output before the residual and the norm (B, N, d). Post-norm only (methods 3.2). */
  onFeedForward?: ((output: tf.Tensor3D, layer: number) => void) | undefined;
}

export function stackParameters(stack: StackSpec): ParameterSpec[] {
  return Array.from({ length: stack.depth }, (_, layer) => blockParameters(stack, `${stack.prefix}.${layer}`)).flat();
}

function blockParameters({ width, heads, mlpRatio, norm, relativeOffsets }: StackSpec, name: string): ParameterSpec[] {
  const matrix = (parts = 1) => (norm === 'post' ? normal(0.02) : xavier(parts));
  return [
    ...normParameters(`${name}.norm1`, width),
    ...(relativeOffsets === undefined ? [] : [relativeTable(name, relativeOffsets, heads)]),
    { name: `${name}.attn.q.weight`, shape: [width, width], init: matrix(3) },
    { name: `${name}.attn.q.bias`, shape: [width], init: zeros },
    // Keys and values side by side, each drawn as a third of the packed qkv matrix.
    { name: `${name}.attn.kv.weight`, shape: [width, 2 * width], init: norm === 'post' ? normal(0.02) : xavier(1.5) },
    { name: `${name}.attn.kv.bias`, shape: [2 * width], init: zeros },
    ...linearParameters(`${name}.attn.proj`, width, width, matrix()),
    ...normParameters(`${name}.norm2`, width),
    ...linearParameters(`${name}.mlp.fc1`, width, mlpRatio * width, matrix()),
    ...linearParameters(`${name}.mlp.fc2`, mlpRatio * width, width, matrix()),
  ];
}

/** All zeros: the first step is that of a model without positions (methods 1.4). */
function relativeTable(block: string, offsets: number, heads: number): ParameterSpec {
  return { name: `${block}.attn.relative_position_bias_table`, shape: [offsets, heads], init: zeros, decay: false };
}

/**
 * Every row asks; the first `context` rows answer. (B, N, width) -> (B, N, width), without any norm before or after the stack.
 */
export function runStack(weights: Weights, stack: StackSpec, tokens: tf.Tensor3D, options: StackOptions = {}): tf.Tensor3D {
  const run = stack.norm === 'pre' ? preNormBlock : postNormBlock;
  let x = tokens;
  for (let layer = 0; layer < stack.depth; layer++) x = run(weights, stack, x, layer, options);
  return x;
}

function preNormBlock(weights: Weights, stack: StackSpec, x: tf.Tensor3D, layer: number, options: StackOptions): tf.Tensor3D {
  const name = `${stack.prefix}.${layer}`;
  const dropped = dropPathOf(stack, layer, options.randomKey);
  const [normed, around] = forkNorm(weights, `${name}.norm1`, x);
  const attended = attendBlock(weights, stack, normed, layer, options);
  const proj = linearWeights(weights, `${name}.attn.proj`);
  const y = dropped(around, 0, (residual) => linearResidual(attended, proj.weight, proj.bias, residual));
  const [hidden, aroundMlp] = forkNorm(weights, `${name}.norm2`, y);
  return dropped(aroundMlp, 1, (residual) => mlp(hidden, mlpWeights(weights, name), residual));
}

function postNormBlock(weights: Weights, stack: StackSpec, x: tf.Tensor3D, layer: number, options: StackOptions): tf.Tensor3D {
  const name = `${stack.prefix}.${layer}`;
  const dropped = dropPathOf(stack, layer, options.randomKey);
  const attended = attendBlock(weights, stack, x, layer, options);
  const proj = linearWeights(weights, `${name}.attn.proj`);
  const y = applyNorm(
    weights,
    `${name}.norm1`,
    dropped(x, 0, (residual) => linearResidual(attended, proj.weight, proj.bias, residual)),
  );
  const { onFeedForward } = options;
  if (onFeedForward === undefined) {
    const summed = dropped(y, 1, (residual) => mlp(y, mlpWeights(weights, name), residual));
    return applyNorm(weights, `${name}.norm2`, summed);
  }
  const output = mlp(y, mlpWeights(weights, name), tf.zerosLike(y)) as tf.Tensor3D;
  onFeedForward(output, layer);
  return applyNorm(weights, `${name}.norm2`, tf.add(y, output));
}

function attendBlock(weights: Weights, stack: StackSpec, x: tf.Tensor3D, layer: number, options: StackOptions): tf.Tensor3D {
  const { attend = selfAttention, context = x.shape[1] } = options;
  const name = `${stack.prefix}.${layer}.attn`;
  const q = linearWeights(weights, `${name}.q`);
  const kv = linearWeights(weights, `${name}.kv`);
  const projections = { qWeight: q.weight, qBias: q.bias, kvWeight: kv.weight, kvBias: kv.bias };
  const bias = biasOf(weights, stack, name, options);
  return attend(x, projections, { heads: stack.heads, context }, bias, layer);
}

/** How branches of a layer are added. `branch` is 0 for attention, 1 for the MLP. */
type AddBranch = (x: tf.Tensor3D, branch: number, onto: (residual: tf.Tensor) => tf.Tensor) => tf.Tensor3D;

/** As they are, or, in training with drop path, for some samples only. */
function dropPathOf({ dropPath: rate, depth }: StackSpec, layer: number, randomKey: tf.Tensor | undefined): AddBranch {
  const layerRate = (rate * layer) / Math.max(1, depth - 1);
  if (layerRate === 0 || randomKey === undefined) return (x, _branch, onto) => onto(x) as tf.Tensor3D;
  return (x, branch, onto) =>
    tf.add<tf.Tensor3D>(x, dropPath(onto(tf.zerosLike(x)), randomKey as tf.Tensor1D, layerRate, 2 * layer + branch));
}

function mlpWeights(weights: Weights, block: string): MlpWeights {
  const first = linearWeights(weights, `${block}.mlp.fc1`);
  const second = linearWeights(weights, `${block}.mlp.fc2`);
  return { weight1: first.weight, bias1: first.bias, weight2: second.weight, bias2: second.bias };
}

/** Bias for every pair of tokens, (heads, N, N), from the block's table. */
function biasOf(
  weights: Weights,
  { relativeOffsets }: StackSpec,
  name: string,
  { relativeIndex }: StackOptions,
): tf.Tensor3D | undefined {
  if (relativeOffsets === undefined) return undefined;
  if (relativeIndex === undefined) throw new Error('relative positions need the index of their table');
  return relativeBias(weights[`${name}.relative_position_bias_table`] as tf.Tensor2D, relativeIndex as tf.Tensor2D);
}
