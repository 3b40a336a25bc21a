/**
 * The encoder: a Vision Transformer on the patches of a picture, or on tokens along a line (methods 0, 1.1, 3.1). Attention may
 * take keys and values from a context only. The pieces of `encode` are there for objectives that change tokens on the way.
 */
import * as tf from '@tensorflow/tfjs-core';
import { dropToken, prependToken } from '../ops/prependToken.ts';
import '../ops/gradients.ts';
import { runStack, type StackOptions, type StackSpec, stackParameters } from './blocks.ts';
import { applyNorm, normParameters } from './layers.ts';
import { type Initialiser, normal, type ParameterSpec, type Weights } from './parameters.ts';
import { relativeIndex, relativeOffsets, sinCosTable } from './positions.ts';
import type { ModelSpec } from './spec.ts';
import { embedPatches, stemParameters } from './stem.ts';

export type { Attend } from './blocks.ts';

/** Tensors that a model needs beside its weights, as they are uploaded with every task. */
export const RELATIVE_INDEX = 'relativeIndex';

export function modelTensors(spec: ModelSpec): Record<string, { data: Int32Array; shape: number[] }> {
  if (spec.positions !== 'relative') return {};
  const data = relativeIndex(spec.grid, spec.classToken);
  const tokens = Math.sqrt(data.length);
  return { [RELATIVE_INDEX]: { data, shape: [tokens, tokens] } };
}

/** The blocks of the encoder. */
export function stackOf(spec: ModelSpec): StackSpec {
  const { width, depth, heads, mlpRatio, norm, dropPath, positions, grid } = spec;
  const offsets = positions === 'relative' ? relativeOffsets(grid) : undefined;
  return { prefix: 'blocks', width, depth, heads, mlpRatio, norm, dropPath, relativeOffsets: offsets };
}

/**
 * The encoder's parameters, named as in timm. A post-norm encoder has `norm_pre` before its blocks and no norm after them.
 * Fixed positions are parameters that are not trained, as in MAE, so that files hold the whole model.
 */
export function encoderParameters(spec: ModelSpec): ParameterSpec[] {
  const { width, norm } = spec;
  const specs: ParameterSpec[] = stemParameters(spec);
  // data2vec 2.0 draws its class token from N(0, 1) (methods 3.1).
  if (spec.classToken) specs.push({ name: 'cls_token', shape: [width], init: normal(norm === 'post' ? 1 : 0.02) });
  specs.push(...positionParameters(spec));
  if (norm === 'post') specs.push(...normParameters('norm_pre', width));
  specs.push(...stackParameters(stackOf(spec)));
  if (hasFinalNorm(spec)) specs.push(...normParameters('norm', width));
  return specs;
}

function positionParameters({ positions, grid, patches, width, classToken }: ModelSpec): ParameterSpec[] {
  const shape = [patches + (classToken ? 1 : 0), width];
  if (positions === 'learned') return [{ name: 'pos_embed', shape, init: normal(0.02), decay: false }];
  return positions === 'sincos' ? [fixedPositions('pos_embed', grid, shape)] : [];
}

/**
 * Sine-cosine positions of a grid's cells as a parameter that is not trained.
 *
 * @param shape [rows, width]; what there are more rows than cells comes first and is zero: a class token stands nowhere
 */
export function fixedPositions(name: string, grid: readonly number[], shape: readonly number[]): ParameterSpec {
  return { name, shape, init: after(sinCosTable(grid, shape.at(-1) ?? 0)), trainable: false };
}

/** Fixed values at the end, zeros before them. */
function after(values: Float32Array): Initialiser {
  return (_random, [rows = 0, columns = 0]) => {
    const all = new Float32Array(rows * columns);
    all.set(values, all.length - values.length);
    return all;
  };
}

export interface EncodeOptions extends StackOptions {
  /** (B, n) int32: the cell that each patch comes from; raster order unless given. */
  cells?: tf.Tensor | undefined;
  /** `sortWords` of the patches, where they are words and their table learns. */
  sorted?: tf.Tensor | undefined;
}

/**
 * Encodes patches, positions added as the model has them.
 *
 * @param patches (B, n, patchLength); n may be fewer than the cells when `cells` says which
 * @param options `context` counts patches: the first rows, which (with the class token) alone have keys and values
 * @returns (B, N, width) after the final norm, if there is one, N = n + 1 with a class token in row 0, else n
 */
export function encode(weights: Weights, spec: ModelSpec, patches: tf.Tensor3D, options: EncodeOptions = {}): tf.Tensor3D {
  const embedded = addPositions(weights, spec, embedPatches(weights, patches, options.sorted), options.cells);
  return encodeTokens(weights, spec, embedded, options);
}

/** Adds absolute positions, if the model has any, to tokens without a class token: (B, n, width) -> (B, n, width). */
export function addPositions(weights: Weights, spec: ModelSpec, tokens: tf.Tensor3D, cells?: tf.Tensor): tf.Tensor3D {
  const table = positionTable(weights, spec);
  if (table === undefined) return tokens;
  if (cells !== undefined) return tf.add(tokens, tf.gather(table, cells as tf.Tensor2D));
  return tf.add(tokens, tf.reshape(table, [1, spec.patches, spec.width]));
}

/** (n, width): the positions of patches; those of the class token are apart. */
function positionTable(weights: Weights, { patches, width, classToken }: ModelSpec): tf.Tensor2D | undefined {
  const table = weights.pos_embed as tf.Tensor2D | undefined;
  return table === undefined || !classToken ? table : tf.slice(table, [1, 0], [patches, width]);
}

/** Class token, blocks, final norm: (B, n, width) -> (B, N, width). */
export function encodeTokens(weights: Weights, spec: ModelSpec, tokens: tf.Tensor3D, options: StackOptions = {}): tf.Tensor3D {
  const { context = tokens.shape[1] } = options;
  let x = spec.classToken ? prependToken(classToken(weights, spec), tokens) : tokens;
  if (spec.norm === 'post') x = applyNorm(weights, 'norm_pre', x);
  x = runStack(weights, stackOf(spec), x, { ...options, context: context + (spec.classToken ? 1 : 0) });
  return hasFinalNorm(spec) ? applyNorm(weights, 'norm', x) : x;
}

/** Whether a norm stands behind the last block. */
export function hasFinalNorm({ norm, finalNorm = norm === 'pre' }: ModelSpec): boolean {
  return finalNorm;
}

function classToken(weights: Weights, { positions, width }: ModelSpec): tf.Tensor1D {
  const token = weights.cls_token as tf.Tensor1D;
  // The fixed table has zeros for it.
  if (positions !== 'learned') return token;
  return tf.add(token, tf.reshape(tf.slice(weights.pos_embed as tf.Tensor2D, [0, 0], [1, width]), [width]));
}

/** The patch rows of encoded tokens: without the class token. (B, N, d) -> (B, n, d). */
export function patchRows(tokens: tf.Tensor3D, spec: ModelSpec): tf.Tensor3D {
  return spec.classToken ? dropToken(tokens) : tokens;
}

/** The class token's row: (B, N, d) -> (B, d). */
export function classRow(tokens: tf.Tensor3D): tf.Tensor2D {
  const [batch, , width] = tokens.shape;
  return tf.reshape(tf.slice(tokens, [0, 0, 0], [batch, 1, width]), [batch, width]);
}
