/** The layers that models are made of: their parameters by name, and how they are applied. */
import type * as tf from '@tensorflow/tfjs-core';
import { layerNorm, layerNormFork } from '../ops/layerNorm.ts';
import { linear } from '../ops/linear.ts';
import { type Initialiser, ones, type ParameterSpec, type Weights, xavier, zeros } from './parameters.ts';

export function linearParameters(name: string, fanIn: number, fanOut: number, init: Initialiser = xavier()): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [fanIn, fanOut], init },
    { name: `${name}.bias`, shape: [fanOut], init: zeros },
  ];
}

export function normParameters(name: string, width: number): ParameterSpec[] {
  return [
    { name: `${name}.weight`, shape: [width], init: ones },
    { name: `${name}.bias`, shape: [width], init: zeros },
  ];
}

export function linearWeights(weights: Weights, name: string): { weight: tf.Tensor2D; bias: tf.Tensor1D } {
  return { weight: weights[`${name}.weight`] as tf.Tensor2D, bias: weights[`${name}.bias`] as tf.Tensor1D };
}

/** (..., in) -> (..., out). */
export function applyLinear<T extends tf.Tensor>(weights: Weights, name: string, x: T): T {
  const { weight, bias } = linearWeights(weights, name);
  return linear(x, weight, bias) as T;
}

export function applyNorm<T extends tf.Tensor>(weights: Weights, name: string, x: T): T {
  return layerNorm(x, weights[`${name}.weight`] as tf.Tensor1D, weights[`${name}.bias`] as tf.Tensor1D) as T;
}

/** The norm before a residual branch: what the branch reads, and what is around it. See `layerNormFork`. */
export function forkNorm<T extends tf.Tensor>(weights: Weights, name: string, x: T): [normed: T, x: T] {
  return layerNormFork(x, weights[`${name}.weight`] as tf.Tensor1D, weights[`${name}.bias`] as tf.Tensor1D);
}
