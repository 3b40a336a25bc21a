/** Layer norm that has nothing to learn: no gain, no bias. */
import * as tf from '@tensorflow/tfjs-core';
import { layerNorm } from '../ops/layerNorm.ts';

/** PyTorch's default, which data2vec 2.0 keeps wherever a norm learns nothing (methods 3.2). */
const EPSILON = 1e-5;

/** (x - mean) / sqrt(variance + eps) over the last dimension, with the biased variance. */
export function plainNorm<T extends tf.Tensor>(x: T): T {
  const width = x.shape.at(-1) as number;
  return layerNorm(x, tf.fill([width], 1), tf.fill([width], 0), EPSILON) as T;
}
