/**
 * MP3, masked patch position prediction (Zhai et al. 2022): given a picture's patches without positions, say where each
 * belongs. Only a random context takes part in keys and values (methods 1.1).
 */
import * as tf from '@tensorflow/tfjs-core';
import { contextCount } from '../config/counts.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import { applyLinear, linearParameters } from '../model/layers.ts';
import { normal, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, encoderParameters, patchRows } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { DROPPOS_DECODER_DEPTH, dropPosPuzzle, dropPosWork } from './dropPos.ts';
import { encoderSpec } from './encoder.ts';
import { type LossResult, type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import type { Puzzle } from './puzzle.ts';
import { type Counted, embedding, encoderForward } from './work.ts';

export function mp3(config: RunConfig, subject: Subject): Objective {
  const puzzle = puzzleOf(config, subject.tokens);
  return {
    spec: puzzle.spec,
    parameters: puzzle.parameters,
    beta2: 0.95,
    work: () => workOf({ config, spec: puzzle.spec }),
    draw(batch, live, random, _phase, progress) {
      const orders = Array.from({ length: batch.count }, () => random.permutation(batch.patches));
      return puzzle.task(batch, live.task.maskRatio, orders, progress);
    },
    loss: (weights, task) => puzzle.loss(weights, task),
  };
}

/** The puzzles of a run: MP3's, or those of a cousin (methods 1.6). */
export function puzzleOf(config: RunConfig, tokens: Tokens): Puzzle {
  const { masked, classToken, anchors } = config.mp3;
  if (masked === 'positions') return dropPosPuzzle(encoderSpec(config, tokens), { anchors, decoderDepth: DROPPOS_DECODER_DEPTH });
  const spec = encoderSpec(config, tokens, { positions: 'none', classToken: classToken === 'context' });
  return mp3Puzzle(spec, masked === 'dropped');
}

const HEAD = 'head_position';

/** @param dropped whether patches outside the context are left out (JigsawViT), not asked for their cell too (MP3) */
export function mp3Puzzle(spec: ModelSpec, dropped = false): Puzzle {
  const slots = (maskRatio: number) => {
    const context = contextCount(spec.patches, maskRatio);
    return { context, kept: dropped ? context : spec.patches, anchors: 0 };
  };

  /** Context first, so that keys and values are a contiguous slice; slot s is asked for order[s]. */
  const task: Puzzle['task'] = (batch, maskRatio, orders) => {
    const { context, kept } = slots(maskRatio);
    const given = orders.map((order) => Array.from(order).slice(0, kept));
    return { tensors: { patches: arrangePatches(batch, given), order: cellsOf(given) }, sizes: { context } };
  };

  const logits = (weights: Weights, { tensors, sizes }: UploadedTask): tf.Tensor3D => {
    const patches = tensors.patches as tf.Tensor3D;
    const tokens = encode(weights, spec, patches, { context: sizes.context, randomKey: tensors[RANDOM_KEY] });
    return applyLinear(weights, HEAD, patchRows(tokens, spec));
  };

  return {
    spec,
    parameters: [
      ...encoderParameters(spec),
      // A small head, so that the first loss is ln n and not above it (methods 11).
      ...linearParameters(HEAD, spec.width, spec.patches, normal(0.02)),
    ],
    slots,
    task,
    logits,
    loss: (weights, uploaded) => positionLoss(logits(weights, uploaded), uploaded),
  };
}

/** Mean cross-entropy over all asked slots, and the share of them whose largest logit is their cell. */
function positionLoss(logits: tf.Tensor3D, task: UploadedTask): LossResult {
  const [batch, slots, cells] = logits.shape;
  const rows = tf.reshape<tf.Rank.R2>(logits, [batch * slots, cells]);
  const labels = tf.reshape<tf.Rank.R1>(task.tensors.order as tf.Tensor, [batch * slots]);
  return { loss: crossEntropy(rows, labels), metrics: { positionAccuracy: accuracy(rows, labels) } };
}

/** All patches, or the kept ones, ask; the context answers; a head says where (methods 1.1). */
function workOf({ config, spec }: Counted): number {
  if (config.mp3.masked === 'positions') return dropPosWork({ config, spec });
  const context = contextCount(spec.patches, config.task.maskRatio);
  const given = config.mp3.masked === 'dropped' ? context : spec.patches;
  const head = given * spec.width * spec.patches;
  return 3 * (encoderForward(spec, given, context) + head) - embedding(spec, given);
}
