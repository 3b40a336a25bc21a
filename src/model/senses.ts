/**
 * Encoders of several senses in one vector of parameters, and what they make of a sample together (multimodal.md 2). A subset of the
 * senses is what a sample shows; the embeddings of those that it shows are averaged (McKinzie et al. 2023, eq. 7), so that a sense that
 * is missing is missing from the mean, and nothing stands for it.
 */
import * as tf from '@tensorflow/tfjs-core';
import { broadcastToken } from '../ops/broadcastToken.ts';
import { concatRows } from '../ops/concatRows.ts';
import { l2Normalise } from '../ops/l2Normalise.ts';
import { meanTokens } from '../ops/meanTokens.ts';
import { scale } from '../ops/scale.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { runStack, type StackOptions, type StackSpec, stackParameters } from './blocks.ts';
import { applyLinear, applyNorm, linearParameters, normParameters } from './layers.ts';
import { normal, type ParameterSpec, type Weights } from './parameters.ts';
import { prefixed, within } from './scope.ts';
import type { ModelSpec } from './spec.ts';
import { embedPatches, sortedName } from './stem.ts';
import { addPositions, encode, encoderParameters, encodeTokens } from './transformer.ts';

/** One sense's encoder: without a class token. Its parameters stand behind `name`. */
export interface SenseSpec<N extends string = string> {
  name: N;
  spec: ModelSpec;
}

/** Tensors by name, as tasks carry them: `memberTokens` and `memberCells` of every sense that is shown, and `sortedName` of words. */
export type Tensors = Readonly<Record<string, tf.Tensor>>;

/** (B, n, length): the tokens of one sense. */
export const memberTokens = (name: string): string => `${name}.patches`;
/** (B, k) int32: the cells that they come from; all of them, in order, when absent. */
export const memberCells = (name: string): string => `${name}.cells`;

export interface Senses<N extends string = string> {
  readonly specs: readonly SenseSpec<N>[];
  readonly parameters: readonly ParameterSpec[];
  /** Numbers of an embedding. */
  readonly width: number;
  /** Whether the embedding of a sense is the same whatever else is shown. */
  readonly apart: boolean;
  /** (B, width) of every sense of `subset`, in its order. */
  embed(weights: Weights, tensors: Tensors, subset: readonly N[]): tf.Tensor2D[];
  /** (B, n, width): what a sense's own encoder alone makes of its tokens, before anything that the senses share. */
  encodeOwn(weights: Weights, tensors: Tensors, name: N, options?: StackOptions): tf.Tensor3D;
}

/** The mean of embeddings (B, E), never their sum: eq. 7. */
export function fuse(embeddings: readonly tf.Tensor2D[]): tf.Tensor2D {
  const [first, ...others] = embeddings;
  const sum = others.reduce((all, one) => tf.add(all, one), first);
  return others.length === 0 ? sum : scale(sum, 1 / embeddings.length);
}

// ---------------------------------------------------------------- each by itself

/** What is averaged: unit vectors of the common space at the length sqrt(E), or the means of tokens, which nothing aligned. */
export type Readout = 'after' | 'before';

export interface SeparateSenses<N extends string = string> extends Senses<N> {
  /** (B, E) unit vectors in the common space: what contrastive training compares. */
  project(weights: Weights, tensors: Tensors, name: N): tf.Tensor2D;
}

/** @param common numbers of the common space (E) */
export function separateSenses<N extends string>(
  specs: readonly SenseSpec<N>[],
  common: number,
  readout: Readout,
): SeparateSenses<N> {
  const mean = (weights: Weights, tensors: Tensors, name: N): tf.Tensor2D =>
    meanTokens(encodeSense(weights, specOf(specs, name), tensors, name));
  const project = (weights: Weights, tensors: Tensors, name: N): tf.Tensor2D =>
    l2Normalise(applyLinear(weights, `${name}.proj`, mean(weights, tensors, name)));
  return {
    specs,
    parameters: specs.flatMap(({ name, spec }) =>
      prefixed(name, [...encoderParameters(spec), ...linearParameters('proj', spec.width, common)]),
    ),
    width: readout === 'after' ? common : (specs[0]?.spec.width ?? 0),
    apart: true,
    project,
    encodeOwn: (weights, tensors, name, options) => encodeSense(weights, specOf(specs, name), tensors, name, options),
    embed: (weights, tensors, subset) =>
      subset.map((name) =>
        readout === 'before' ? mean(weights, tensors, name) : scale(project(weights, tensors, name), Math.sqrt(common)),
      ),
  };
}

function encodeSense(weights: Weights, spec: ModelSpec, tensors: Tensors, name: string, options: StackOptions = {}): tf.Tensor3D {
  return encode(within(weights, name), spec, tensors[memberTokens(name)] as tf.Tensor3D, {
    ...options,
    cells: tensors[memberCells(name)],
    sorted: sortedOf(tensors, name),
  });
}

/** Where each word stands, if the sense is of words and somebody sorted them. */
function sortedOf(tensors: Tensors, name: string): tf.Tensor | undefined {
  return tensors[sortedName(memberTokens(name))];
}

function specOf<N extends string>(specs: readonly SenseSpec<N>[], name: N): ModelSpec {
  const found = specs.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no encoder of ${name}`);
  return found.spec;
}

// ---------------------------------------------------------------- one block for all

const JOINT = 'joint';
export const JOINT_NORM = 'joint_norm';

export interface JointSenses<N extends string = string> extends Senses<N> {
  /**
   * Tokens of the senses of `subset`, of each after the other, through its own blocks and then, together, through the joint one.
   *
   * @returns (B, N, width) after the norm; N is the sum over `subset` of the tokens that each shows
   */
  encode(weights: Weights, tensors: Tensors, subset: readonly N[]): tf.Tensor3D;
}

/** Own encoders without a final norm, a vector for every sense, and one block in which all tokens see each other (Gong et al. 2023). */
export function jointSenses<N extends string>(specs: readonly SenseSpec<N>[]): JointSenses<N> {
  const stack = jointStack(specs[0]?.spec);
  const encodeAll = (weights: Weights, tensors: Tensors, subset: readonly N[]): tf.Tensor3D => {
    const [first, ...others] = subset.map((name) => encodeTyped(weights, specOf(specs, name), tensors, name));
    return applyNorm(weights, JOINT_NORM, runStack(weights, stack, others.reduce(concatRows, first)));
  };
  return {
    specs,
    parameters: [
      ...specs.flatMap(({ name, spec }) => prefixed(name, encoderParameters(spec))),
      ...specs.map(({ name, spec }) => ({ name: typeVector(name), shape: [spec.width], init: normal(0.02) })),
      ...stackParameters(stack),
      ...normParameters(JOINT_NORM, stack.width),
    ],
    width: stack.width,
    apart: false,
    encode: encodeAll,
    encodeOwn: (weights, tensors, name, options) => encodeTyped(weights, specOf(specs, name), tensors, name, options),
    embed(weights, tensors, subset) {
      const tokens = encodeAll(weights, tensors, subset);
      let from = 0;
      return subset.map((name) => {
        const count = tensors[memberTokens(name)].shape[1] ?? 0;
        from += count;
        return meanTokens(sliceRows(tokens, from - count, count));
      });
    },
  };
}

/** The block that all senses share; as wide as their encoders. */
export function jointStack(spec: ModelSpec | undefined): StackSpec {
  if (spec === undefined) throw new Error('a joint block needs senses');
  const { width, heads, mlpRatio } = spec;
  return { prefix: JOINT, width, depth: 1, heads, mlpRatio, norm: 'pre', dropPath: 0 };
}

/** One sense's tokens with its type vector through its own blocks. */
function encodeTyped(weights: Weights, spec: ModelSpec, tensors: Tensors, name: string, options: StackOptions = {}): tf.Tensor3D {
  const own = within(weights, name);
  const embedded = embedPatches(own, tensors[memberTokens(name)] as tf.Tensor3D, sortedOf(tensors, name));
  const placed = addPositions(own, spec, embedded, tensors[memberCells(name)]);
  return encodeTokens(own, spec, addToken(placed, weights[typeVector(name)] as tf.Tensor1D), options);
}

/** A vector added to every token: (B, n, width) -> (B, n, width). */
export function addToken(tokens: tf.Tensor3D, token: tf.Tensor1D): tf.Tensor3D {
  const [batch, count] = tokens.shape;
  return tf.add(tokens, broadcastToken(token, batch, count));
}

export function typeVector(name: string): string {
  return `type.${name}`;
}
