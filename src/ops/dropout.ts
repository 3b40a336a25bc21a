/** Dropout and drop path with a counter-based generator: which numbers are dropped depends on (seed, step, stream, place) only. */
import * as tf from '@tensorflow/tfjs-core';
import { kernelOr, withGradient } from './kernels.ts';

export interface DropoutSettings {
  /** Share that is dropped, 0 up to but not including 1; what is kept is scaled by 1 / (1 - rate). */
  rate: number;
  /** Tells the dropouts of one model apart. */
  stream: number;
  /** So many neighbours share one draw: 1 is dropout, a sample's whole length is drop path. */
  group: number;
}

/**
 * @param x any shape
 * @param key (2) int32: seed and step. A tensor, so that a recorded step draws anew each time it is replayed
 */
export function dropout(x: tf.Tensor, key: tf.Tensor1D, settings: DropoutSettings): tf.Tensor {
  if (settings.rate === 0) return x;
  const drop = (values: tf.Tensor, key: tf.Tensor): tf.Tensor =>
    kernelOr('Dropout', { x: values, key }, { ...settings }, () => tf.mul(values, keptScale(values, key, settings)));
  return withGradient(
    [x],
    (x) => ({ value: drop(x, key), saved: [key] }),
    (dy, [key]) => [drop(dy, key)],
  );
}

/** Drop path (Huang et al. 2016): whole samples of a residual branch are dropped. x (B, ...). */
export function dropPath(x: tf.Tensor, key: tf.Tensor1D, rate: number, stream: number): tf.Tensor {
  return dropout(x, key, { rate, stream, group: x.size / (x.shape[0] as number) });
}

/** 0 or 1 / (1 - rate) for every element: the generator in JavaScript, for backends without a kernel. */
function keptScale(x: tf.Tensor, key: tf.Tensor, { rate, stream, group }: DropoutSettings): tf.Tensor {
  const [seed, step] = key.dataSync<'int32'>();
  const draws = drawsOf(seed, step, stream);
  const threshold = dropThreshold(rate);
  const kept = keptFactor(rate);
  const scales = Float32Array.from({ length: x.size }, (_, i) =>
    randomBits(draws, Math.floor(i / group)) < threshold ? 0 : kept,
  );
  return tf.tensor(scales, x.shape);
}

/** Random bits below this drop: the share `rate` of 2^32. */
export function dropThreshold(rate: number): number {
  return Math.floor(rate * 2 ** 32);
}

/** What keeps the mean as it was. */
export function keptFactor(rate: number): number {
  return 1 / (1 - rate);
}

/** Which 2^32 draws: those of one dropout in one step of one run. */
export function drawsOf(seed: number, step: number, stream: number): number {
  return mix(mix(mix(seed) ^ step) ^ stream);
}

/**
 * 32 random bits: hashes of hashes (PCG's, the best of small ones by Jarzynski & Olano 2020), the same in WGSL. The place is hashed
 * before it meets `draws`, or the draws of two steps would be the same numbers in another order.
 */
export function randomBits(draws: number, place: number): number {
  return mix(mix(place) ^ draws);
}

/** PCG's output permutation on a linear congruential step: a bijection of 32 bits. */
function mix(value: number): number {
  const state = (Math.imul(value, 747796405) + 2891336453) >>> 0;
  const word = Math.imul((state >>> ((state >>> 28) + 4)) ^ state, 277803737) >>> 0;
  return ((word >>> 22) ^ word) >>> 0;
}
