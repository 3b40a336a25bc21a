/**
 * DropPos (Wang et al. 2023), MP3's cousin (methods 1.6): some patches are kept; of those a few are told their position, and the
 * others have to be put in their place. What only looks alike is no longer hopeless: the known ones anchor the rest.
 */
import * as tf from '@tensorflow/tfjs-core';
import { contextCount } from '../config/counts.ts';
import { runStack, type StackSpec, stackParameters } from '../model/blocks.ts';
import { applyLinear, applyNorm, linearParameters, normParameters } from '../model/layers.ts';
import { normal, type Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { embedPatches } from '../model/stem.ts';
import { addPositions, encoderParameters, encodeTokens } from '../model/transformer.ts';
import { accuracy } from '../ops/accuracy.ts';
import { broadcastToken } from '../ops/broadcastToken.ts';
import { concatRows } from '../ops/concatRows.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { softCrossEntropy } from '../ops/softCrossEntropy.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { RANDOM_KEY, type UploadedTask } from './objective.ts';
import type { Puzzle } from './puzzle.ts';
import { block, type Counted, embedding, encoderForward } from './work.ts';

/** Blocks of the decoder. */
export const DROPPOS_DECODER_DEPTH = 2;

export interface DropPosSettings {
  /** Share of the kept patches that are told their position. */
  anchors: number;
  /** Blocks of the decoder, which has no positions and is as wide as the encoder. */
  decoderDepth: number;
}

/** Without positions, as wide as the encoder. */
export function dropPosDecoder({ width, heads, mlpRatio }: ModelSpec, depth = DROPPOS_DECODER_DEPTH): StackSpec {
  return { prefix: 'decoder_blocks', width, depth, heads, mlpRatio, norm: 'pre', dropPath: 0 };
}

/** @param spec a model with fixed positions and a class token */
export function dropPosPuzzle(spec: ModelSpec, { anchors: share, decoderDepth }: DropPosSettings): Puzzle {
  const { width, patches: cells } = spec;
  const decoder = dropPosDecoder(spec, decoderDepth);

  const slots = (maskRatio: number) => {
    const kept = contextCount(cells, maskRatio);
    return { context: kept, kept, anchors: Math.floor(share * kept + 1e-9) };
  };

  const task: Puzzle['task'] = (batch, maskRatio, orders, progress = 1) => {
    const { kept, anchors } = slots(maskRatio);
    const rows = orders.map((order) => Array.from(order).slice(0, kept));
    const asked = rows.map((order) => order.slice(anchors));
    const targets = new Float32Array(asked.length * (kept - anchors) * cells);
    // The labels are blurred at first and sharp at the end: sigma falls from 1 to 0 (methods 1.6).
    asked.flat().forEach((cell, row) => {
      writeTarget(targets.subarray(row * cells, (row + 1) * cells), cell, spec.grid, 1 - progress);
    });
    const tensors = {
      patches: arrangePatches(batch, rows),
      anchors: cellsOf(rows.map((order) => order.slice(0, anchors))),
      order: cellsOf(asked),
      targets: { data: targets, shape: [asked.length * (kept - anchors), cells] },
    };
    return { tensors, sizes: { anchors, kept } };
  };

  const logits = (weights: Weights, { tensors, sizes }: UploadedTask): tf.Tensor3D => {
    const { anchors, kept } = sizes as { anchors: number; kept: number };
    const embedded = embedPatches(weights, tensors.patches as tf.Tensor3D);
    const batch = embedded.shape[0];
    const asked = tf.add<tf.Tensor3D>(
      anchors === 0 ? embedded : sliceRows(embedded, anchors, kept - anchors),
      broadcastToken(weights.mask_position as tf.Tensor1D, batch, kept - anchors),
    );
    const known = () => addPositions(weights, spec, sliceRows(embedded, 0, anchors), tensors.anchors);
    const tokens = anchors === 0 ? asked : concatRows(known(), asked);
    const encoded = encodeTokens(weights, spec, tokens, { randomKey: tensors[RANDOM_KEY] });
    const decoded = runStack(weights, decoder, applyLinear(weights, 'decoder_embed', encoded));
    // Behind the class token and the anchors.
    const rows = sliceRows(applyNorm(weights, 'decoder_norm', decoded), 1 + anchors, kept - anchors);
    return applyLinear(weights, 'head_position', rows);
  };

  return {
    spec,
    parameters: [
      ...encoderParameters(spec),
      { name: 'mask_position', shape: [width], init: normal(0.02) },
      ...linearParameters('decoder_embed', width, width),
      ...stackParameters(decoder),
      ...normParameters('decoder_norm', width),
      ...linearParameters('head_position', width, cells, normal(0.02)),
    ],
    slots,
    task,
    logits,
    loss(weights, uploaded) {
      const scores = logits(weights, uploaded);
      const [batch, asked] = scores.shape;
      const rows = tf.reshape<tf.Rank.R2>(scores, [batch * asked, cells]);
      const labels = tf.reshape<tf.Rank.R1>(uploaded.tensors.order as tf.Tensor, [batch * asked]);
      const loss = softCrossEntropy(rows, uploaded.tensors.targets as tf.Tensor2D);
      return { loss, metrics: { positionAccuracy: accuracy(rows, labels) } };
    },
  };
}

/**
 * Weights of all cells for a patch of `cell`: proportional to exp(-|r - r'|^2 / sigma^2), distances in patches, summing to 1 (the
 * published code normalises columns, so that rows at the border do not); the cell alone at sigma 0.
 */
export function writeTarget(target: Float32Array, cell: number, grid: readonly number[], sigma: number): void {
  const columns = grid.at(-1) ?? 1;
  let total = 0;
  for (let other = 0; other < target.length; other++) {
    const down = Math.floor(other / columns) - Math.floor(cell / columns);
    const across = (other % columns) - (cell % columns);
    const squared = down * down + across * across;
    const weight = squared === 0 ? 1 : Math.exp(-squared / (sigma * sigma));
    target[other] = weight;
    total += weight;
  }
  for (let other = 0; other < target.length; other++) target[other] /= total;
}

/** Kept patches through the encoder and a decoder as wide; those without a position are asked for theirs (methods 1.6). */
export function dropPosWork({ config, spec }: Counted): number {
  const { width, patches } = spec;
  const kept = contextCount(patches, config.task.maskRatio);
  const asked = kept - Math.floor(config.mp3.anchors * kept + 1e-9);
  const rows = kept + 1;
  const decoder = rows * width * width + DROPPOS_DECODER_DEPTH * block(spec, rows) + asked * width * patches;
  return 3 * (encoderForward(spec, kept) + decoder) - embedding(spec, kept);
}
