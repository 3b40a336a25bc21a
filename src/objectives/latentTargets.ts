/** What the teacher of data2vec 2.0 says of a picture (methods 3.2). */
import * as tf from '@tensorflow/tfjs-core';
import type { TargetNorm } from '../config/objectives/data2vec.ts';
import type { Weights } from '../model/parameters.ts';
import { plainNorm } from '../model/plainNorm.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, patchRows } from '../model/transformer.ts';

/**
 * What the MLPs of the last `layers` blocks add, before residual and norm, of patches alone: each (B, n, d).
 *
 * @param patches (B, n, patchLength) of whole pictures, in raster order
 */
export function feedForwardOutputs(weights: Weights, spec: ModelSpec, patches: tf.Tensor3D, layers: number): tf.Tensor3D[] {
  const outputs: tf.Tensor3D[] = [];
  encode(weights, spec, patches, {
    onFeedForward: (output, layer) => {
      if (layer >= spec.depth - layers) outputs.push(patchRows(output, spec));
    },
  });
  return outputs;
}

/**
 * Instance norm of each output, over the patches of a picture and for every channel apart; their mean; for pictures layer norm over
 * the channels, for speech none. No norm has gain or bias.
 *
 * @param outputs each (B, n, d)
 * @returns (B, n, d)
 */
export function latentTargets(outputs: readonly tf.Tensor3D[], targetNorm: TargetNorm = 'layer'): tf.Tensor3D {
  // Channels first: patches are then the last dimension, which layer norm goes over.
  const normed = outputs.map((output) => plainNorm(tf.transpose<tf.Tensor3D>(output, [0, 2, 1])));
  const mean = tf.div(tf.addN(normed), normed.length);
  const targets = tf.transpose<tf.Tensor3D>(mean as tf.Tensor3D, [0, 2, 1]);
  return targetNorm === 'layer' ? plainNorm(targets) : targets;
}
