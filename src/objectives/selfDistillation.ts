/**
 * Self-distillation for further pretraining (Lee et al. 2023): a student that starts over from the pretrained weights learns MAE on
 * the new pictures, and to see them whole as the further pretrained model, its teacher, does (methods 4.1). Who is copied from whom
 * and when is in the phases of a run.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { MetricName } from '../config/metrics.ts';
import type { Phase } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import { pool } from '../model/pooling.ts';
import type { ModelSpec } from '../model/spec.ts';
import { encode, encoderParameters } from '../model/transformer.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { scale } from '../ops/scale.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import { withoutGradient } from '../ops/withoutGradient.ts';
import { bertPainter, bertParameters, bertWork } from './bert.ts';
import { encoderSpec } from './encoder.ts';
import { decoderOf, maeForward, maeLoss, maePainter, maeParameters, maeWork } from './mae.ts';
import {
  type LossResult,
  type Objective,
  type PatchBatch,
  RANDOM_KEY,
  type Subject,
  type Task,
  type UploadedTask,
} from './objective.ts';
import { drawPainting, type Painter } from './painter.ts';
import { sortedName, tokenTensors } from './tokenValues.ts';
import { drawWords, type WordPainter, wordLogits, wordsLoss } from './words.ts';
import { type Counted, embedding, encoderForward, keptPatches } from './work.ts';

/** What a student shares with its teacher, and whether it learns MAE beside. */
export interface Matching {
  /** Class tokens of the whole picture; pictures as painted from the same patches; or the encoder's weights. */
  match: 'features' | 'predictions' | 'weights';
  mae: boolean;
}

type Variant = RunConfig['selfDistillation']['variant'];

/** Absent for those that have a longer or no second stage, and never a teacher. */
const MATCHING: Readonly<Record<Variant, Matching | undefined>> = {
  full: { match: 'features', mae: true },
  noMae: { match: 'features', mae: false },
  predictions: { match: 'predictions', mae: true },
  weights: { match: 'weights', mae: true },
  noDistillation: undefined,
  twice: undefined,
};

/** What is learned beside the teacher: MAE, or on words BERT. */
export interface Pretext {
  readonly spec: ModelSpec;
  /** Its own loss, and what it reports of it. */
  loss(weights: Weights, task: UploadedTask): LossResult;
  /** All that it predicts of a task: pictures as painted, or the logits of the words asked. */
  predict(weights: Weights, task: UploadedTask): tf.Tensor;
}

export function paintingPretext(painter: Painter): Pretext {
  return {
    spec: painter.spec,
    loss(weights, task) {
      const maskedError = maeLoss(painter, weights, task);
      return { loss: maskedError, metrics: { maskedError: tf.clone(maskedError) } };
    },
    predict: (weights, task) => painter.paint(weights, task, 'all'),
  };
}

export function wordsPretext(painter: WordPainter): Pretext {
  return {
    spec: painter.spec,
    loss(weights, task) {
      const { loss, metrics } = wordsLoss(painter, weights, task);
      return { loss, metrics: { wordCrossEntropy: tf.clone(loss), ...metrics } };
    },
    predict: (weights, task) => wordLogits(weights, painter.hidden(weights, task)),
  };
}

export function selfDistillation(config: RunConfig, { tokens }: Subject): Objective {
  const spec = encoderSpec(config, tokens);
  return spec.vocabulary === undefined ? onNumbers(config, spec) : onWords(config, spec);
}

function onNumbers(config: RunConfig, spec: ModelSpec): Objective {
  const decoder = decoderOf(config);
  const painter = maePainter(spec, decoder, config.mae);
  return {
    ...beside(config, paintingPretext(painter), maeParameters(spec, decoder, config.mae)),
    work: (phase) => workOf({ config, spec }, phase),
    draw(batch, live, random, phase) {
      const task = drawPainting(painter, batch, live.task.maskRatio, random);
      return phase.task === 'distillation' ? distillationTask(task, batch) : task;
    },
  };
}

function onWords(config: RunConfig, spec: ModelSpec): Objective {
  const painter = bertPainter(spec, 'mask');
  return {
    ...beside(config, wordsPretext(painter), bertParameters(spec, config.text.tied)),
    work: (phase) => wordsWorkOf({ config, spec }, phase),
    draw(batch, live, random, phase) {
      const task = drawWords(painter, batch, live.task.maskRatio, random);
      return phase.task === 'distillation' ? distillationTask(task, batch, spec) : task;
    },
  };
}

/** A pretext in all phases, and in those of distillation also the teacher. */
function beside(config: RunConfig, pretext: Pretext, parameters: readonly ParameterSpec[]): Omit<Objective, 'work' | 'draw'> {
  const { spec } = pretext;
  const matching = matchingOf(config);
  return {
    spec,
    parameters,
    ...(matching && { teacher: { parameters: teacherParameters(matching, spec, parameters), keep: () => 1 } }),
    beta2: 0.95,
    loss(weights, task, teacher) {
      if (task.sizes.distils && matching !== undefined && teacher !== undefined) {
        return distillationLoss(pretext, matching, weights, task, teacher);
      }
      const { loss, metrics } = pretext.loss(weights, task);
      return { loss, metrics: { ...metrics, distillation: tf.scalar(0) } };
    },
  };
}

/** @param own the pretext's task for the same samples */
export function distillationTask({ tensors, sizes }: Task, batch: PatchBatch, spec: Pick<ModelSpec, 'vocabulary'> = {}): Task {
  const whole = { data: batch.values, shape: [batch.count, batch.patches, batch.patchLength] };
  return { tensors: { ...tensors, ...tokenTensors('whole', whole, spec) }, sizes: { ...sizes, distils: 1 } };
}

export function matchingOf({ selfDistillation: { variant } }: RunConfig): Matching | undefined {
  return MATCHING[variant];
}

function teacherParameters({ match }: Matching, spec: ModelSpec, all: readonly ParameterSpec[]): readonly ParameterSpec[] {
  return match === 'predictions' ? all : encoderParameters(spec);
}

/** The pretext's loss plus the distance to the teacher, which gets no gradient. */
export function distillationLoss(
  pretext: Pretext,
  { match, mae }: Matching,
  weights: Weights,
  task: UploadedTask,
  teacher: Weights,
): LossResult {
  const distillation = teacherDistance(match, pretext, weights, task, teacher);
  const own = mae ? pretext.loss(weights, task) : told(pretext, weights, task);
  return {
    loss: mae ? tf.add<tf.Scalar>(own.loss, distillation) : distillation,
    metrics: { ...own.metrics, distillation },
  };
}

/** The pretext's numbers, which nothing learns from. */
function told(pretext: Pretext, weights: Weights, task: UploadedTask): LossResult {
  let names: MetricName[] = [];
  const all = withoutGradient(() => {
    const { loss, metrics } = pretext.loss(weights, task);
    names = Object.keys(metrics) as MetricName[];
    return concatFlat([loss, ...names.map((name) => metrics[name] as tf.Scalar)]);
  });
  const at = (i: number) => tf.reshape<tf.Rank.R0>(tf.slice(all, [i], [1]), []);
  return { loss: at(0), metrics: Object.fromEntries(names.map((name, i) => [name, at(i + 1)])) };
}

/** How far the student is from its teacher, on a task of `distillationTask`. */
export function teacherDistance(
  match: Matching['match'],
  pretext: Pretext,
  weights: Weights,
  task: UploadedTask,
  teacher: Weights,
): tf.Scalar {
  return DISTANCES[match](pretext, weights, task, teacher);
}

type Distance = (pretext: Pretext, weights: Weights, task: UploadedTask, teacher: Weights) => tf.Scalar;

const DISTANCES: Readonly<Record<Matching['match'], Distance>> = {
  features: featureDistance,
  predictions: predictionDistance,
  weights: weightDistance,
};

/** Of what samples are read out by after the final norm, whole: squared, summed over the width, mean over the batch. */
function featureDistance({ spec }: Pretext, weights: Weights, { tensors }: UploadedTask, teacher: Weights): tf.Scalar {
  const whole = tensors.whole as tf.Tensor3D;
  const target = withoutGradient(() => pool(teacher, spec, encode(teacher, spec, whole), 'class', whole));
  const options = { randomKey: tensors[RANDOM_KEY], sorted: tensors[sortedName('whole')] };
  const feature = pool(weights, spec, encode(weights, spec, whole, options), 'class', whole);
  return scale(meanSquaredError(feature, target), spec.width);
}

/** Of everything that is predicted from the same task: squared, summed over each sample, mean over the batch. */
function predictionDistance(pretext: Pretext, weights: Weights, task: UploadedTask, teacher: Weights): tf.Scalar {
  const target = withoutGradient(() => pretext.predict(teacher, { ...task, tensors: withoutKey(task.tensors) }));
  const predicted = pretext.predict(weights, task);
  const [samples = 1] = (task.tensors.patches as tf.Tensor).shape;
  return scale(meanSquaredError(predicted, target), predicted.size / samples);
}

/** The teacher does not drop paths. */
function withoutKey(tensors: UploadedTask['tensors']): UploadedTask['tensors'] {
  const { [RANDOM_KEY]: _, ...others } = tensors;
  return others;
}

/** Of all the encoder's weights: squared and summed. */
function weightDistance({ spec }: Pretext, weights: Weights, _task: UploadedTask, teacher: Weights): tf.Scalar {
  return encoderParameters(spec)
    .filter(({ trainable = true }) => trainable)
    .map(({ name }) => scale(meanSquaredError(weights[name], teacher[name]), weights[name].size))
    .reduce((sum, distance) => tf.add(sum, distance));
}

/** MAE; in the rounds of distillation also the whole picture through student and teacher (methods 4.1). */
function workOf(counted: Counted, phase: Phase): number {
  const { config, spec } = counted;
  const { variant } = config.selfDistillation;
  if (phase.task === 'own' || variant === 'weights') return maeWork(counted);
  // Student and teacher paint everything.
  if (variant === 'predictions') return 4 * maeForward(counted, spec.patches) - embedding(spec, keptPatches(counted));
  const matching = 4 * encoderForward(spec, spec.patches) - embedding(spec);
  // Without MAE its loss is still told.
  const painting = variant === 'noMae' ? maeForward(counted, spec.patches - keptPatches(counted)) : maeWork(counted);
  return painting + matching;
}

/** The same on words: BERT in place of MAE. */
function wordsWorkOf(counted: Counted, phase: Phase): number {
  const { variant } = counted.config.selfDistillation;
  const own = bertWork(counted);
  if (phase.task === 'own' || variant === 'weights') return own;
  // The teacher's predictions are a third of what learning costs.
  if (variant === 'predictions') return own + own / 3;
  return (variant === 'noMae' ? own / 3 : own) + 4 * encoderForward(counted.spec, counted.spec.patches);
}
