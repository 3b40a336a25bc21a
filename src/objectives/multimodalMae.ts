/**
 * Multimodal MAE: parts of every sense are removed, own encoders and one block for all see what is kept, and one light decoder paints what
 * is gone of each from what is left of all (Gong et al. 2023 with a third sense; multimodal.md 2, 3). Pictures and sounds are painted as
 * they are: where patches are blank but for noise, a patch's own scale would make noise the target.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '../base/random.ts';
import { keptCount } from '../config/counts.ts';
import type { Sense } from '../config/modalities/names.ts';
import { FIRST_WORD } from '../config/modalities/tokens.ts';
import type { RunConfig } from '../config/run.ts';
import type { HostTensor } from '../engine/stepper.ts';
import { runStack, type StackSpec, stackParameters } from '../model/blocks.ts';
import { applyLinear, applyNorm, linearParameters, normParameters } from '../model/layers.ts';
import { normal, type ParameterSpec, type Weights } from '../model/parameters.ts';
import { addToken, type JointSenses, jointSenses, memberCells, memberTokens, type Tensors } from '../model/senses.ts';
import type { ModelSpec } from '../model/spec.ts';
import { fixedPositions } from '../model/transformer.ts';
import { broadcastToken } from '../ops/broadcastToken.ts';
import { concatRows } from '../ops/concatRows.ts';
import { crossEntropy } from '../ops/crossEntropy.ts';
import { gatherRows } from '../ops/gatherRows.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { scale } from '../ops/scale.ts';
import { sliceRows } from '../ops/sliceRows.ts';
import { arrangePatches, cellsOf } from './arrange.ts';
import { randomMask } from './masks.ts';
import { memberOf, senseSpecs, withSenses } from './members.ts';
import type { LossResult, Objective, PatchBatch, Subject, Task, UploadedTask } from './objective.ts';
import { keptOf, removedTargets } from './painter.ts';
import { tokenTensors } from './tokenValues.ts';
import { withWords } from './words.ts';
import { block, encoderForward } from './work.ts';

/** The decoder: as narrow as it is shallow, whatever the encoders are (multimodal.md 3). */
const DECODER: StackSpec = { prefix: 'decoder_blocks', width: 48, depth: 1, heads: 4, mlpRatio: 4, norm: 'pre', dropPath: 0 };
const MASK_TOKEN = 'mask_token';

/** What a sense's error is reported as. */
export const SENSE_ERRORS = { picture: 'pictureError', sound: 'soundError', text: 'wordError' } as const;

export function multimodalMae(config: RunConfig, { tokens }: Subject): Objective {
  const painting = paintingOf(config, tokens);
  const { senses } = painting;
  const names = senses.specs.map(({ name }) => name);
  return {
    spec: senses.specs[0].spec,
    senses,
    parameters: paintingParameters(painting),
    beta2: 0.95,
    work: () => workOf(painting, config),
    choose: (from) => withSenses(from, names, names.length),
    draw: (batch, live, random) => drawSenses(painting, wordy(painting, batch), live.task.maskRatio, random),
    loss: (weights, task) => paintingLoss(painting, weights, task, config.multimodalMae.wordWeight),
  };
}

export interface SensesPainting {
  senses: JointSenses<Sense>;
  decoder: StackSpec;
  /** Share of a caption's words that are removed. */
  wordMask: number;
}

export function paintingOf(config: RunConfig, tokens: Subject['tokens']): SensesPainting {
  return {
    senses: jointSenses(senseSpecs(config, tokens, { finalNorm: false })),
    decoder: DECODER,
    wordMask: config.multimodalMae.wordMask,
  };
}

/** Those of the senses, and one decoder for all, told of each where it is and which sense it is of; a last layer for each. */
export function paintingParameters({ senses: { specs, parameters, width }, decoder }: SensesPainting): ParameterSpec[] {
  return [
    ...parameters,
    ...linearParameters('decoder_embed', width, decoder.width),
    { name: MASK_TOKEN, shape: [decoder.width], init: normal(0.02) },
    ...specs.flatMap(({ name, spec }) => [
      fixedPositions(`decoder_pos_embed.${name}`, spec.grid, [spec.patches, decoder.width]),
      { name: `decoder_type.${name}`, shape: [decoder.width], init: normal(0.02) },
    ]),
    ...stackParameters(decoder),
    ...normParameters('decoder_norm', decoder.width),
    ...specs.flatMap(({ name, spec }) => linearParameters(`decoder_pred.${name}`, decoder.width, answersOf(spec))),
  ];
}

/** Numbers that are painted of a token: its own, or one for every word. */
function answersOf({ vocabulary, patchLength }: ModelSpec): number {
  return vocabulary ?? patchLength;
}

// ---------------------------------------------------------------- the task

export const ordersName = (name: Sense): string => `${name}.orders`;
export const targetsName = (name: Sense): string => `${name}.targets`;
/** (B, rows) int32: of the removed places of a caption, in their order, those that are guessed. */
export const guessedName = (name: Sense): string => `${name}.guessed`;

/** Samples whose captions have nothing to be guessed give their places to others, whole: what belongs together stays together. */
function wordy({ senses: { specs } }: SensesPainting, batch: PatchBatch): PatchBatch {
  const words = specs.find(({ spec }) => spec.vocabulary !== undefined);
  return words === undefined ? batch : withWords(batch, memberOf(batch, words.name));
}

/** Other masks for every sample and every sense. */
export function drawSenses(painting: SensesPainting, batch: PatchBatch, ratio: number, random: Random): Task {
  const tensors: Record<string, HostTensor> = {};
  for (const { name, spec } of painting.senses.specs) {
    const member = memberOf(batch, name);
    const drawn =
      spec.vocabulary === undefined
        ? numbersTask(member, spec, ratio, random)
        : wordsTask(member, spec, painting.wordMask, random);
    Object.assign(tensors, shownTensors(name, spec, member, drawn.orders, drawn.kept));
    tensors[targetsName(name)] = drawn.targets;
    if (drawn.guessed !== undefined) tensors[guessedName(name)] = drawn.guessed;
  }
  return { tensors, sizes: {} };
}

/** What the model is shown of a sense. @param orders cells of every sample, the kept ones first */
export function shownTensors(
  name: Sense,
  spec: ModelSpec,
  member: PatchBatch,
  orders: Int32Array[],
  kept: number,
): Record<string, HostTensor> {
  const visible = keptOf(orders, kept);
  return {
    ...tokenTensors(memberTokens(name), arrangePatches(member, visible), spec),
    [memberCells(name)]: cellsOf(visible),
    [ordersName(name)]: cellsOf(orders),
  };
}

interface SenseTask {
  /** Cells of every sample, the kept ones first. */
  orders: Int32Array[];
  kept: number;
  targets: HostTensor;
  guessed?: HostTensor;
}

function numbersTask(member: PatchBatch, spec: ModelSpec, ratio: number, random: Random): SenseTask {
  const kept = keptCount(spec.patches, ratio);
  const orders = Array.from({ length: member.count }, () => randomMask(spec.grid, kept, random));
  return { orders, kept, targets: removedTargets(member, orders, kept, { normalised: false }) };
}

/**
 * Of each caption exactly a share of its real words is removed, one at least; empty places fill up what is kept, so that one shape serves
 * captions of all lengths, and words are guessed again in turn where a caption has fewer removed ones than there are rows.
 */
function wordsTask({ values, count, patches }: PatchBatch, _spec: ModelSpec, share: number, random: Random): SenseTask {
  const rows = Math.max(1, Math.round(share * patches));
  const orders: Int32Array[] = [];
  const targets = new Int32Array(count * rows);
  const guessed = new Int32Array(count * rows);
  for (let b = 0; b < count; b++) {
    const ids = values.subarray(b * patches, (b + 1) * patches);
    const shuffled = Array.from(random.permutation(patches));
    const words = shuffled.filter((cell) => ids[cell] >= FIRST_WORD);
    const removed = words.slice(0, Math.min(rows, Math.max(1, Math.round(share * words.length))));
    const others = shuffled.filter((cell) => !removed.includes(cell));
    // Whatever is no removed word is kept first: words before empty places.
    others.sort((a, c) => Number(ids[c] > 0) - Number(ids[a] > 0));
    const kept = patches - rows;
    orders.push(Int32Array.from([...others.slice(0, kept), ...removed, ...others.slice(kept)]));
    for (let row = 0; row < rows; row++) {
      const place = removed.length === 0 ? 0 : row % removed.length;
      guessed[b * rows + row] = place;
      targets[b * rows + row] = removed.length === 0 ? 0 : ids[removed[place]];
    }
  }
  return {
    orders,
    kept: patches - rows,
    targets: { data: targets, shape: [count * rows] },
    guessed: { data: guessed, shape: [count, rows] },
  };
}

// ---------------------------------------------------------------- the loss

/** The loss, every sense's error, and what is painted of every sense: for looking. */
export function paintedErrors(painting: SensesPainting, weights: Weights, task: UploadedTask, wordWeight: number): tf.Tensor[] {
  const painted = paintSenses(painting, weights, task);
  const { specs } = painting.senses;
  const errors = specs.map(({ name, spec }, k) => senseError(name, spec, painted[k], task.tensors));
  return [weightedSum(painting, errors, wordWeight), ...errors, ...painted];
}

/** The sum of the errors on pictures and sounds, and `wordWeight` times that on words. */
export function paintingLoss(painting: SensesPainting, weights: Weights, task: UploadedTask, wordWeight: number): LossResult {
  const painted = paintSenses(painting, weights, task);
  const { specs } = painting.senses;
  const errors = specs.map(({ name, spec }, k) => senseError(name, spec, painted[k], task.tensors));
  const loss = weightedSum(painting, errors, wordWeight);
  const named = specs.map(({ name }, k) => [SENSE_ERRORS[name], tf.clone(errors[k])] as const);
  // A sense that is not there has no error.
  const absent = Object.values(SENSE_ERRORS).map((metric) => [metric, tf.scalar(Number.NaN)] as const);
  return { loss, metrics: { ...Object.fromEntries(absent), ...Object.fromEntries(named) } };
}

function weightedSum({ senses: { specs } }: SensesPainting, errors: readonly tf.Scalar[], wordWeight: number): tf.Scalar {
  const weighted = specs.map(({ spec }, k) => (spec.vocabulary === undefined ? errors[k] : scale(errors[k], wordWeight)));
  return weighted.reduce((sum, error) => tf.add<tf.Scalar>(sum, error));
}

function senseError(name: Sense, { vocabulary }: ModelSpec, painted: tf.Tensor3D, tensors: Tensors): tf.Scalar {
  const targets = tensors[targetsName(name)];
  if (vocabulary === undefined) return meanSquaredError(painted, targets);
  const logits = gatherRows(painted, tensors[guessedName(name)] as tf.Tensor2D);
  return crossEntropy(tf.reshape(logits, [targets.size, vocabulary]), targets as tf.Tensor1D);
}

/** (B, removed, numbers) of every sense: what is painted in its removed places, in the order of the task. */
export function paintSenses({ senses, decoder }: SensesPainting, weights: Weights, { tensors }: UploadedTask): tf.Tensor3D[] {
  const names = senses.specs.map(({ name }) => name);
  const latent = applyLinear(weights, 'decoder_embed', senses.encode(weights, tensors, names));
  let from = 0;
  const placed = senses.specs.map(({ name, spec: { patches } }) => {
    const visible = tensors[memberTokens(name)].shape[1] ?? 0;
    const own = sliceRows(latent, from, visible);
    from += visible;
    const [batch] = own.shape;
    const tokens = concatRows(own, broadcastToken(weights[MASK_TOKEN] as tf.Tensor1D, batch, patches - visible));
    const positions = tf.gather(weights[`decoder_pos_embed.${name}`], tensors[ordersName(name)] as tf.Tensor2D);
    return addToken(tf.add(tokens, positions), weights[`decoder_type.${name}`] as tf.Tensor1D);
  });
  const [first, ...others] = placed;
  const decoded = applyNorm(weights, 'decoder_norm', runStack(weights, decoder, others.reduce(concatRows, first)));
  let begin = 0;
  return senses.specs.map(({ name, spec: { patches } }) => {
    const visible = tensors[memberTokens(name)].shape[1] ?? 0;
    begin += patches;
    return applyLinear(weights, `decoder_pred.${name}`, sliceRows(decoded, begin - patches + visible, patches - visible));
  });
}

function workOf({ senses, decoder, wordMask }: SensesPainting, { task }: RunConfig): number {
  const kept = senses.specs.map(({ spec }) =>
    spec.vocabulary === undefined
      ? keptCount(spec.patches, task.maskRatio)
      : spec.patches - Math.max(1, Math.round(wordMask * spec.patches)),
  );
  const all = senses.specs.reduce((sum, { spec }) => sum + spec.patches, 0);
  const visible = kept.reduce((sum, count) => sum + count, 0);
  const encoders = senses.specs.reduce((sum, { spec }, k) => sum + encoderForward(spec, kept[k]), 0);
  const heads = senses.specs.reduce((sum, { spec }, k) => sum + (spec.patches - kept[k]) * decoder.width * answersOf(spec), 0);
  const joint = block(senses.specs[0].spec, visible) + visible * senses.width * decoder.width;
  return 3 * (encoders + joint + decoder.depth * block(decoder, all) + heads);
}
