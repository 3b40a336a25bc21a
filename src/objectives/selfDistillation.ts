/**
 * Self-distillation for further pretraining (Lee et al. 2023): a student that starts over from the pretrained weights learns MAE on
 * the new pictures, and to see them whole as the further pretrained model, its teacher, does (methods 4.1). Who is copied from whom
 * and when is in the phases of a run.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { Phase } from '../config/phases.ts';
import type { RunConfig } from '../config/run.ts';
import type { ParameterSpec, Weights } from '../model/parameters.ts';
import type { ModelSpec } from '../model/spec.ts';
import { classRow, encode, encoderParameters } from '../model/transformer.ts';
import { meanSquaredError } from '../ops/meanSquaredError.ts';
import { scale } from '../ops/scale.ts';
import { withoutGradient } from '../ops/withoutGradient.ts';
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

export function selfDistillation(config: RunConfig, { tokens }: Subject): Objective {
  const spec = encoderSpec(config, tokens);
  const decoder = decoderOf(config);
  const painter = maePainter(spec, decoder, config.mae);
  const parameters = maeParameters(spec, decoder);
  const matching = matchingOf(config);
  return {
    spec,
    parameters,
    ...(matching && { teacher: { parameters: teacherParameters(matching, spec, parameters), keep: () => 1 } }),
    beta2: 0.95,
    work: (phase) => workOf({ config, spec }, phase),

    draw(batch, live, random, phase) {
      const task = drawPainting(painter, batch, live.task.maskRatio, random);
      return phase.task === 'distillation' ? distillationTask(task, batch) : task;
    },

    loss(weights, task, teacher) {
      if (task.sizes.distils && matching !== undefined && teacher !== undefined) {
        return distillationLoss(painter, matching, weights, task, teacher);
      }
      const loss = maeLoss(painter, weights, task);
      return { loss, metrics: { maskedError: tf.clone(loss), distillation: tf.scalar(0) } };
    },
  };
}

/** @param painting MAE's task for the same pictures */
export function distillationTask({ tensors, sizes }: Task, batch: PatchBatch): Task {
  const whole = { data: batch.values, shape: [batch.count, batch.patches, batch.patchLength] };
  return { tensors: { ...tensors, whole }, sizes: { ...sizes, distils: 1 } };
}

export function matchingOf({ selfDistillation: { variant } }: RunConfig): Matching | undefined {
  return MATCHING[variant];
}

function teacherParameters({ match }: Matching, spec: ModelSpec, all: readonly ParameterSpec[]): readonly ParameterSpec[] {
  return match === 'predictions' ? all : encoderParameters(spec);
}

/** MAE plus the distance to the teacher, which gets no gradient. */
export function distillationLoss(
  painter: Painter,
  { match, mae }: Matching,
  weights: Weights,
  task: UploadedTask,
  teacher: Weights,
): LossResult {
  const distillation = teacherDistance(match, painter, weights, task, teacher);
  const maskedError = mae ? maeLoss(painter, weights, task) : withoutGradient(() => maeLoss(painter, weights, task));
  return {
    loss: mae ? tf.add<tf.Scalar>(maskedError, distillation) : distillation,
    metrics: { maskedError, distillation },
  };
}

/** How far the student is from its teacher, on a task of `distillationTask`. */
export function teacherDistance(
  match: Matching['match'],
  painter: Painter,
  weights: Weights,
  task: UploadedTask,
  teacher: Weights,
): tf.Scalar {
  return DISTANCES[match](painter, weights, task, teacher);
}

type Distance = (painter: Painter, weights: Weights, task: UploadedTask, teacher: Weights) => tf.Scalar;

const DISTANCES: Readonly<Record<Matching['match'], Distance>> = {
  features: featureDistance,
  predictions: predictionDistance,
  weights: weightDistance,
};

/** Of the class tokens after the final norm, the picture whole: squared, summed over the width, mean over the batch. */
function featureDistance({ spec }: Painter, weights: Weights, { tensors }: UploadedTask, teacher: Weights): tf.Scalar {
  const whole = tensors.whole as tf.Tensor3D;
  const target = withoutGradient(() => classRow(encode(teacher, spec, whole)));
  const feature = classRow(encode(weights, spec, whole, { randomKey: tensors[RANDOM_KEY] }));
  return scale(meanSquaredError(feature, target), spec.width);
}

/** Of everything that is painted from the same kept patches: squared, summed over cells and pixels, mean over the batch. */
function predictionDistance(painter: Painter, weights: Weights, task: UploadedTask, teacher: Weights): tf.Scalar {
  const target = withoutGradient(() => painter.paint(teacher, { ...task, tensors: withoutKey(task.tensors) }, 'all'));
  const painted = painter.paint(weights, task, 'all');
  return scale(meanSquaredError(painted, target), painter.spec.patches * painter.spec.patchLength);
}

/** The teacher does not drop paths. */
function withoutKey(tensors: UploadedTask['tensors']): UploadedTask['tensors'] {
  const { [RANDOM_KEY]: _, ...others } = tensors;
  return others;
}

/** Of all the encoder's weights: squared and summed. */
function weightDistance({ spec }: Painter, weights: Weights, _task: UploadedTask, teacher: Weights): tf.Scalar {
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
