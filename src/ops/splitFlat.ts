import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';

/**
 * Cuts a flat vector into tensors, one after another. No gradient: models are differentiated with respect to the parts.
 *
 * @param flat (total)
 * @param shapes of the parts; their sizes add up to the total
 */
export function splitFlat(flat: tf.Tensor, shapes: readonly (readonly number[])[]): tf.Tensor[] {
  const sizes = shapes.map((shape) => tf.util.sizeFromShape([...shape]));
  const parts = kernelOr('SplitFlat', { flat }, { sizes }, () => composeSplit(flat, sizes));
  return parts.map((part, i) => tf.reshape(part, [...shapes[i]]));
}

function composeSplit(flat: tf.Tensor, sizes: readonly number[]): tf.Tensor[] {
  let begin = 0;
  return sizes.map((size) => {
    const part = tf.slice(flat, [begin], [size]);
    begin += size;
    return part;
  });
}

/**
 * The opposite of `splitFlat`: puts tensors end to end in one vector.
 *
 * @returns (total)
 */
export function concatFlat(parts: readonly tf.Tensor[]): tf.Tensor1D {
  const flat = parts.map((part) => tf.reshape<tf.Rank.R1>(part, [part.size]));
  return kernelOr<tf.Tensor1D>('ConcatFlat', Object.fromEntries(flat.entries()), {}, () => tf.concat(flat));
}
