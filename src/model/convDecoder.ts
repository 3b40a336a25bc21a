/**
 * The decoder of data2vec 2.0: convolutions that carry what the student saw into the cells that it did not see (methods 3.1). On
 * a grid they are k x k, on a line k long.
 */
import * as tf from '@tensorflow/tfjs-core';
import { gelu } from '../ops/gelu.ts';
import { type ConvGrid, groupedConv } from '../ops/groupedConv.ts';
import { linearParameters } from './layers.ts';
import { type Initialiser, normal, type ParameterSpec, type Weights } from './parameters.ts';
import { plainNorm } from './plainNorm.ts';

export interface ConvDecoderSpec {
  width: number;
  /** [rows, columns], or [length] of a line. */
  grid: readonly number[];
  layers: number;
  /** Odd. */
  kernel: number;
  /** Divides the width. */
  groups: number;
}

/** From the decoder's features to predictions: a linear layer, apart from `decodeGrid` so that it need not see every cell. */
export const DECODER_HEAD = 'decoder.proj';

export function convDecoderParameters({ width, grid, layers, kernel, groups }: ConvDecoderSpec): ParameterSpec[] {
  const taps = kernel ** grid.length;
  const init = byFanIn((taps * width) / groups);
  const convolutions = Array.from({ length: layers }, (_, i): ParameterSpec[] => [
    {
      name: `decoder.${i}.conv.weight`,
      shape: [taps, width / groups, width],
      init,
      window: [...grid.map(() => kernel), width / groups],
    },
    { name: `decoder.${i}.conv.bias`, shape: [width], init },
  ]);
  return [...convolutions.flat(), ...linearParameters(DECODER_HEAD, width, width, normal(0.02))];
}

/** Uniform in +-1 / sqrt(fanIn), PyTorch's default for convolutions, which fairseq leaves as it is. */
function byFanIn(fanIn: number): Initialiser {
  const limit = 1 / Math.sqrt(fanIn);
  return (random, shape) => Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.between(-limit, limit));
}

/**
 * Each layer: grouped convolution, layer norm without gain and bias, GELU, plus its input.
 *
 * @param x (B, n, width), every cell at its place
 * @returns (B, n, width), features before the last linear layer
 */
export function decodeGrid(weights: Weights, { layers, groups, grid }: ConvDecoderSpec, x: tf.Tensor3D): tf.Tensor3D {
  let features = x;
  for (let i = 0; i < layers; i++) {
    const weight = weights[`decoder.${i}.conv.weight`] as tf.Tensor3D;
    const bias = weights[`decoder.${i}.conv.bias`] as tf.Tensor1D;
    const carried = groupedConv(features, weight, bias, groups, grid as ConvGrid);
    features = tf.add(features, gelu(plainNorm(carried)));
  }
  return features;
}
