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
import { embedPatches } from '../model/stem.ts';
import { addPositions, encoderParameters, encodeTokens, patchRows } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { concatRows } from '../ops/concatRows.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { DROPPOS_DECODER_DEPTH, dropPosPuzzle, dropPosWork } from './dropPos.ts';
import { encoderSpec } from './encoder.ts';
import { type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import type { Puzzle } from './puzzle.ts';
import { sortedName, tokenTensors } from './tokenValues.ts';
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
  const { masked, classToken, anchors, given } = config.mp3;
  if (masked === 'positions') return dropPosPuzzle(encoderSpec(config, tokens), { anchors, decoderDepth: DROPPOS_DECODER_DEPTH });
  const positions = given > 0 ? 'sincos' : 'none';
  const spec = encoderSpec(config, tokens, { positions, classToken: classToken === 'context' });
  return mp3Puzzle(spec, masked === 'dropped', given);
}

const HEAD = 'head_position';

/**
 * @param dropped whether patches outside the context are left out (JigsawViT), not asked for their cell too (MP3)
 * @param given share of all patches that get their fixed position and stay in the loss, as in MP3 on speech (methods 1.2); the model
 * has a table of them then
 */
export function mp3Puzzle(spec: ModelSpec, dropped = false, given = 0): Puzzle {
  const slots = (maskRatio: number) => {
    const context = contextCount(spec.patches, maskRatio);
    const kept = dropped ? context : spec.patches;
    // Of the context, as nobody could learn anything from the others; and something must be left to score.
    return { context, kept, anchors: Math.min(Math.round(given * spec.patches), context, kept - 1) };
  };

  /** Context first, so that keys and values are a contiguous slice; slot s is asked for order[s]. */
  const task: Puzzle['task'] = (batch, maskRatio, orders) => {
    const { context, kept, anchors } = slots(maskRatio);
    const rows = orders.map((order) => new Int32Array(order).subarray(0, kept));
    const patches = tokenTensors('patches', arrangePatches(batch, rows), spec);
    const tensors = { ...patches, order: cellsOf(rows.map((order) => order.subarray(anchors))) };
    const told = () => ({ anchors: cellsOf(rows.map((order) => order.subarray(0, anchors))), labels: cellsOf(rows) });
    return { tensors: anchors === 0 ? tensors : { ...tensors, ...told() }, sizes: { context, anchors } };
  };

  /** Of all that is given, anchors too: (B, kept, n). */
  const allLogits = (weights: Weights, { tensors, sizes }: UploadedTask): tf.Tensor3D => {
    const { context, anchors } = sizes as { context: number; anchors: number };
    const embedded = embedPatches(weights, tensors.patches as tf.Tensor3D, tensors[sortedName('patches')]);
    // Before the class token is put in front, which stands nowhere.
    const told = () => addPositions(weights, spec, sliceRows(embedded, 0, anchors), tensors.anchors);
    const tokens = anchors === 0 ? embedded : concatRows(told(), behind(embedded, anchors));
    const encoded = encodeTokens(weights, spec, tokens, { context, randomKey: tensors[RANDOM_KEY] });
    return applyLinear(weights, HEAD, patchRows(encoded, spec));
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
    logits: (weights, uploaded) => behind(allLogits(weights, uploaded), uploaded.sizes.anchors),

    /** Mean cross-entropy over all given slots, and the share of those without a position whose largest logit is their cell. */
    loss(weights, uploaded) {
      const { order, labels = order } = uploaded.tensors;
      const logits = allLogits(weights, uploaded);
      const asked = behind(logits, uploaded.sizes.anchors);
      return {
        loss: crossEntropy(asRows(logits), asLabels(labels)),
        metrics: { positionAccuracy: accuracy(asRows(asked), asLabels(order)) },
      };
    },
  };
}

/** Without the first `rows`: (B, k, d) -> (B, k - rows, d). */
function behind(x: tf.Tensor3D, rows: number): tf.Tensor3D {
  return rows === 0 ? x : sliceRows(x, rows, x.shape[1] - rows);
}

/** (B, slots, n) -> (B slots, n) */
function asRows(logits: tf.Tensor3D): tf.Tensor2D {
  const [batch, slots, cells] = logits.shape;
  return tf.reshape<tf.Rank.R2>(logits, [batch * slots, cells]);
}

function asLabels(cells: tf.Tensor): tf.Tensor1D {
  return tf.reshape<tf.Rank.R1>(cells, [cells.size]);
}

/** All patches, or the kept ones, ask; the context answers; a head says where (methods 1.1). */
function workOf({ config, spec }: Counted): number {
  if (config.mp3.masked === 'positions') return dropPosWork({ config, spec });
  const context = contextCount(spec.patches, config.task.maskRatio);
  const given = config.mp3.masked === 'dropped' ? context : spec.patches;
  const head = given * spec.width * spec.patches;
  return 3 * (encoderForward(spec, given, context) + head) - embedding(spec, given);
}
