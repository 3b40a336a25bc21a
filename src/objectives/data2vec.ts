/**
 * data2vec 2.0 (Baevski et al. 2022): students that see parts of a picture predict what a teacher, their own moving average, makes
 * of the whole of it (methods 3). Several students share one look of the teacher.
 */
import * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../base/invariant.ts';
import type { Tokens } from '../config/modalities/tokens.ts';
import type { TargetNorm } from '../config/objectives/data2vec.ts';
import { totalSteps } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import { type ConvDecoderSpec, convDecoderParameters, DECODER_HEAD, decodeGrid } from '../model/convDecoder.ts';
import { applyLinear } from '../model/layers.ts';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { WORD_TABLE } from '../model/stem.ts';
import { classRow, encode, encoderParameters, patchRows } from '../model/transformer.ts';
import { concatRows } from '../ops/concatRows.ts';
import { gatherRows } from '../ops/gatherRows.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { scale } from '../ops/scale.ts';
import { withoutGradient } from '../ops/withoutGradient.ts';
import { encoderSpec } from './encoder.ts';
import { feedForwardOutputs, latentTargets } from './latentTargets.ts';
import { drawMask, keptCells, latentTask } from './latentTask.ts';
import { NoisePool } from './noisePool.ts';
import { type LossResult, type Objective, RANDOM_KEY, type Subject, type UploadedTask } from './objective.ts';
import { sortedName } from './tokenValues.ts';
import { type Counted, embedding, encoderForward, keptPatches } from './work.ts';

/** Standard deviation of what the decoder gets in place of cells that the student did not see. */
export const NOISE_DEVIATION = 0.01;

/** A run that the average's settings are meant for; see `scaleAverage`. */
const AVERAGE_STEPS = 5000;

/** The model of a run: what is trained, and what its targets are. */
export interface LatentModel {
  spec: ModelSpec;
  decoder: ConvDecoderSpec;
  /** Last blocks whose outputs are averaged into the target (K). */
  layers: number;
  /** What becomes of their average. */
  targetNorm: TargetNorm;
  /** Weight of the class token's loss; 0 for none. */
  classLoss: number;
}

export function data2vec(config: RunConfig, { tokens }: Subject): Objective {
  const model = latentModel(config, tokens);
  const noise = new NoisePool(NOISE_DEVIATION, config.optimiser.seed);
  return {
    spec: model.spec,
    parameters: [...encoderParameters(model.spec).map(slowed), ...convDecoderParameters(model.decoder)],
    beta2: model.spec.vocabulary === undefined ? 0.95 : 0.98,
    work: () => workOf({ config, spec: model.spec }),
    // The patch projection moves with the blocks; the decoder is the student's alone (methods 3.1).
    teacher: { parameters: encoderParameters(model.spec), keep: averageAt },

    draw(batch, live, random) {
      const { masks } = live.data2vec;
      const { maskRatio } = live.task;
      const kept = keptCells(batch.patches, maskRatio);
      const orders = Array.from({ length: batch.count * masks }, () => drawMask(model.spec, live, maskRatio, random));
      const blanks = noise.draw(orders.length, (batch.patches - kept) * model.spec.width, random);
      return latentTask(batch, orders, kept, blanks, model.spec);
    },

    loss: (weights, task, teacher) => latentLoss(weights, model, task, teacher),
  };
}

/** Words are read times the root of the width: their table moves as little as if they were read as they are (text.md 4). */
function slowed(parameter: ParameterSpec): ParameterSpec {
  const [, width = 1] = parameter.shape;
  return parameter.name === WORD_TABLE ? { ...parameter, rate: 1 / Math.sqrt(width) } : parameter;
}

export function latentModel(config: RunConfig, tokens: Tokens): LatentModel {
  const spec = encoderSpec(config, tokens, { norm: 'post' });
  const { layers, targetNorm, decoderDepth, decoderKernel, decoderGroups, classLoss } = config.data2vec;
  return {
    spec,
    decoder: { width: spec.width, grid: spec.grid, layers: decoderDepth, kernel: decoderKernel, groups: decoderGroups },
    layers: layers === 0 ? spec.depth : Math.min(layers, spec.depth),
    targetNorm,
    // Words have no class token.
    classLoss: spec.classToken ? classLoss : 0,
  };
}

/** Moves evenly from start to end over the first part of the run, then stays (methods 3.4). */
export function averageAt(step: number, live: RunConfig): number {
  const { averageStart, averageEnd, averageClimb, scaleAverage } = live.data2vec;
  const steps = totalSteps(live);
  const climbed = step < averageClimb * steps ? step / (averageClimb * steps) : 1;
  const average = averageStart + (averageEnd - averageStart) * climbed;
  return scaleAverage ? average ** (AVERAGE_STEPS / steps) : average;
}

export interface StudentView {
  /** (B M, d) */
  classToken: tf.Tensor2D;
  /** (B M, n, d) the decoder's features at every cell; `DECODER_HEAD` makes predictions of them. */
  features: tf.Tensor3D;
}

/** What students make of the cells that they see. */
export function studentView(weights: Weights, { spec, decoder }: LatentModel, { tensors }: UploadedTask): StudentView {
  const encoded = encode(weights, spec, tensors.seen as tf.Tensor3D, {
    cells: tensors.cells,
    sorted: tensors[sortedName('seen')],
    randomKey: tensors[RANDOM_KEY],
  });
  // Without the class token's row, which would shift the whole picture by a cell.
  const rows = concatRows(patchRows(encoded, spec), tensors.noise as tf.Tensor3D);
  const grid = gatherRows(rows, tensors.places as tf.Tensor2D);
  return { classToken: classRow(encoded), features: decodeGrid(weights, decoder, grid) };
}

/** Squared error on removed cells, summed over the width and divided by its root, mean over cells (methods 3.3). */
export function latentLoss(weights: Weights, model: LatentModel, task: UploadedTask, teacher: Weights | undefined): LossResult {
  return lossOf(predictLatents(weights, model, task, wholeTargets(model, task, teacher)), model, task.sizes.masks);
}

/** The teacher's targets for every cell, (B, n, d), as data. */
function wholeTargets(
  { spec, layers, targetNorm }: LatentModel,
  { tensors }: UploadedTask,
  teacher: Weights | undefined,
): tf.Tensor3D {
  invariant(teacher !== undefined, 'data2vec learns from a teacher');
  const outputs = () => feedForwardOutputs(teacher, spec, tensors.patches as tf.Tensor3D, layers);
  return withoutGradient(() => latentTargets(outputs(), targetNorm));
}

export interface LatentPredictions {
  /** (B M, n - kept, d) predictions for the removed cells, and what the teacher says of them. */
  prediction: tf.Tensor3D;
  target: tf.Tensor3D;
  /** (B, n, d) targets of every cell. */
  whole: tf.Tensor3D;
  /** (B M, d) */
  classToken: tf.Tensor2D;
}

/** @param whole (B, n, d) the teacher's targets for every cell, as data */
export function predictLatents(weights: Weights, model: LatentModel, task: UploadedTask, whole: tf.Tensor3D): LatentPredictions {
  const removed = task.tensors.removed as tf.Tensor2D;
  const { classToken, features } = studentView(weights, model, task);
  return {
    prediction: applyLinear(weights, DECODER_HEAD, gatherRows(features, removed)),
    target: withoutGradient(() => targetsOfMasks(whole, removed, task.sizes.masks)),
    whole,
    classToken,
  };
}

/**
 * The class token is held against the mean target of its picture, on the same scale (methods 3.3).
 *
 * @returns also `error`, the mean squared error that `perDimension` is in units of what predicting 0 costs
 */
export function lossOf(
  { prediction, target, whole, classToken }: LatentPredictions,
  { spec, targetNorm, classLoss }: LatentModel,
  masks: number,
): LossResult & { metrics: { perDimension: tf.Scalar }; error: tf.Scalar } {
  const error = meanSquaredError(prediction, target);
  const root = Math.sqrt(spec.width);
  const loss = scale(error, root);
  const perDimension = targetNorm === 'layer' ? error : withoutGradient(() => overZeros(error, target));
  if (classLoss === 0) return { loss, metrics: { perDimension }, error };
  const summary = withoutGradient(() => meanOfPictures(whole, masks));
  const classError = meanSquaredError(classToken, summary);
  return { loss: tf.add<tf.Scalar>(loss, scale(classError, classLoss * root)), metrics: { perDimension }, error };
}

/** Layer norm makes predicting 0 cost 1. Without it that cost is the targets' own, and moves with the teacher. */
function overZeros(error: tf.Scalar, target: tf.Tensor): tf.Scalar {
  return tf.div(error, tf.mean(tf.mul(target, target)));
}

/**
 * Rows of a picture's targets for each of its masks, which stand side by side: (B, n, d), (B M, k) -> (B M, k, d).
 */
export function targetsOfMasks(targets: tf.Tensor3D, cells: tf.Tensor2D, masks: number): tf.Tensor3D {
  const [pictures, , width] = targets.shape;
  const [clones, taken] = cells.shape;
  const rows = gatherRows(targets, tf.reshape(cells, [pictures, masks * taken]));
  return tf.reshape(rows, [clones, taken, width]);
}

/** Mean target of each picture, once for each of its masks: (B, n, d) -> (B M, d). */
function meanOfPictures(targets: tf.Tensor3D, masks: number): tf.Tensor2D {
  const [pictures, , width] = targets.shape;
  const means = tf.reshape(tf.mean(targets, 1), [pictures, 1, width]);
  return tf.reshape(tf.tile(means, [1, masks, 1]), [pictures * masks, width]);
}

/**
 * Every student of a picture through encoder and convolutions, which predict the removed patches; the whole picture once through
 * the teacher, which learns nothing (methods 3.1).
 */
function workOf(counted: Counted): number {
  const { config, spec } = counted;
  const { masks, decoderDepth, decoderKernel, decoderGroups } = config.data2vec;
  const { width, patches } = spec;
  const kept = keptPatches(counted);
  const convolution = patches * decoderKernel ** spec.grid.length * width * (width / decoderGroups);
  const decoder = decoderDepth * convolution + (patches - kept) * width * width;
  const student = 3 * (encoderForward(spec, kept) + decoder) - embedding(spec, kept);
  return masks * student + encoderForward(spec, patches);
}
