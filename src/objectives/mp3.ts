/**
 * MP3, masked patch position prediction (Zhai et al. 2022): given a picture's patches without positions, say where each
 * belongs. Only a random context takes part in keys and values (methods 1.1).
 */
import * as tf from '@tensorflow/tfjs-core';
import { contextCount, patchCount } from '../config/check.ts';
import type { RunConfig } from '../config/run.ts';
import { normal, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { type Attend, applyLinear, encode, encoderParameters, linearParameters, patchRows } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { type Objective, type PatchBatch, RANDOM_KEY, type Task, type UploadedTask } from './objective.ts';

const HEAD = 'head_position';

export const mp3: Objective = {
  spec(config: RunConfig, channels: number): ModelSpec {
    const { patch, width, depth, heads, dropPath } = config.model;
    return {
      patchLength: patch * patch * channels,
      patches: patchCount(config),
      width,
      depth,
      heads,
      mlpRatio: 4,
      classToken: config.mp3.classToken === 'context',
      dropPath,
    };
  },

  parameters: (spec) => [
    ...encoderParameters(spec),
    // A small head, so that the first loss is ln n and not above it (methods 11).
    ...linearParameters(HEAD, spec.width, spec.patches, normal(0.02)),
  ],

  draw(batch, maskRatio, random) {
    return jigsawTask(batch, contextCount(batch.patches, maskRatio), () => random.permutation(batch.patches));
  },

  loss(weights, spec, task) {
    const logits = positionLogits(weights, spec, task);
    const [batch, patches] = logits.shape;
    const rows = tf.reshape<tf.Rank.R2>(logits, [batch * patches, patches]);
    const labels = tf.reshape<tf.Rank.R1>(task.tensors.order as tf.Tensor, [batch * patches]);
    return { loss: crossEntropy(rows, labels), accuracy: accuracy(rows, labels) };
  },
};

/**
 * Shuffles each picture's patches. Slot s of picture b holds the patch of cell order[b, s], which is also its label; the
 * first `context` slots are the context, so that keys and values are a contiguous slice.
 *
 * @param permutation draws one order of the cells per picture
 */
export function jigsawTask(batch: PatchBatch, context: number, permutation: () => ArrayLike<number>): Task {
  const { count, patches, patchLength } = batch;
  const shuffled = new Float32Array(batch.values.length);
  const order = new Int32Array(count * patches);
  for (let b = 0; b < count; b++) {
    const cells = permutation();
    for (let slot = 0; slot < patches; slot++) {
      const cell = cells[slot];
      const from = (b * patches + cell) * patchLength;
      shuffled.set(batch.values.subarray(from, from + patchLength), (b * patches + slot) * patchLength);
      order[b * patches + slot] = cell;
    }
  }
  return {
    tensors: {
      patches: { data: shuffled, shape: [count, patches, patchLength] },
      order: { data: order, shape: [count, patches] },
    },
    sizes: { context },
  };
}

/** Scores of every slot (row) for every cell (column): (B, n, n), unnormalised. */
export function positionLogits(weights: Weights, spec: ModelSpec, task: UploadedTask, attend?: Attend): tf.Tensor3D {
  const patches = task.tensors.patches as tf.Tensor3D;
  const tokens = encode(weights, spec, patches, task.sizes.context as number, { attend, randomKey: task.tensors[RANDOM_KEY] });
  return applyLinear(weights, HEAD, patchRows(tokens, spec));
}
