/**
 * MP3, masked patch position prediction (Zhai et al. 2022): given a picture's patches without positions, say where each
 * belongs. Only a random context takes part in keys and values (methods 1.1).
 */
import * as tf from '@tensorflow/tfjs-core';
import { contextCount } from '../config/counts.ts';
import type { RunConfig } from '../config/run.ts';
import { applyLinear, linearParameters } from '../model/layers.ts';
import { normal, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, encoderParameters, patchRows } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { type Objective, type PatchBatch, RANDOM_KEY, type Subject, type Task, type UploadedTask } from './objective.ts';
import { visionSpec } from './vision.ts';

const HEAD = 'head_position';

export function mp3(config: RunConfig, { channels }: Subject): Objective {
  const spec = visionSpec(config, channels, { positions: 'none', classToken: config.mp3.classToken === 'context' });
  return {
    spec,
    parameters: [
      ...encoderParameters(spec),
      // A small head, so that the first loss is ln n and not above it (methods 11).
      ...linearParameters(HEAD, spec.width, spec.patches, normal(0.02)),
    ],
    beta2: 0.95,

    draw(batch, live, random) {
      const context = contextCount(batch.patches, live.task.maskRatio);
      return jigsawTask(batch, context, () => random.permutation(batch.patches));
    },

    loss(weights, task) {
      const logits = positionLogits(weights, spec, task);
      const [batch, patches] = logits.shape;
      const rows = tf.reshape<tf.Rank.R2>(logits, [batch * patches, patches]);
      const labels = tf.reshape<tf.Rank.R1>(task.tensors.order as tf.Tensor, [batch * patches]);
      return { loss: crossEntropy(rows, labels), metrics: { positionAccuracy: accuracy(rows, labels) } };
    },
  };
}

/**
 * Shuffles each picture's patches. Slot s of picture b holds the patch of cell order[b, s], which is also its label; the
 * first `context` slots are the context, so that keys and values are a contiguous slice.
 *
 * @param permutation draws one order of the cells per picture
 */
export function jigsawTask(batch: PatchBatch, context: number, permutation: () => ArrayLike<number>): Task {
  const orders = Array.from({ length: batch.count }, permutation);
  return { tensors: { patches: arrangePatches(batch, orders), order: cellsOf(orders) }, sizes: { context } };
}

/** Scores of every slot (row) for every cell (column): (B, n, n), unnormalised. */
export function positionLogits(weights: Weights, spec: ModelSpec, task: UploadedTask): tf.Tensor3D {
  const patches = task.tensors.patches as tf.Tensor3D;
  const tokens = encode(weights, spec, patches, { context: task.sizes.context, randomKey: task.tensors[RANDOM_KEY] });
  return applyLinear(weights, HEAD, patchRows(tokens, spec));
}
