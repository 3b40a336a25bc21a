/** The tiny models that PyTorch painted with (test/reference), as our painters have them. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/base/random.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { lloyd } from '../../src/metrics/kMeans.ts';
import { principalComponents } from '../../src/metrics/principal.ts';
import type { StackSpec } from '../../src/model/blocks.ts';
import type { ParameterSpec, Weights } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { type LearnedTarget, pcaTarget, tokenTarget } from '../../src/objectives/learnedTargets.ts';
import { maePainter } from '../../src/objectives/mae.ts';
import type { PatchBatch, UploadedTask } from '../../src/objectives/objective.ts';
import type { Painter } from '../../src/objectives/painter.ts';
import { type Fixture, rowsOf } from '../reference/fixture.ts';

type Settings = Record<string, number>;

export function specOf({ settings }: Fixture): ModelSpec {
  const { axes = 2, rows, columns, patchLength, width, depth, heads, dropPath = 0 } = settings as Settings;
  return {
    patchLength,
    layout: [patchLength],
    grid: axes === 1 ? [columns] : [rows, columns],
    patches: rows * columns,
    width,
    depth,
    heads,
    mlpRatio: 4,
    classToken: true,
    positions: 'sincos',
    norm: 'pre',
    dropPath,
  };
}

export function decoderOf({ settings }: Fixture): StackSpec {
  const { decoderWidth: width, decoderDepth: depth, decoderHeads: heads } = settings as Settings;
  return { prefix: 'decoder_blocks', width, depth, heads, mlpRatio: 4, norm: 'pre', dropPath: 0 };
}

export function maePainterOf(fixture: Fixture): Painter {
  const target = fixture.settings.normPix ? 'normalised' : 'pixels';
  return maePainter(
    specOf(fixture),
    decoderOf(fixture),
    { mask: 'random', target, encoderSees: encoderSees(fixture) },
    learnedOf(fixture),
  );
}

export function encoderSees({ settings }: Fixture): 'kept' | 'all' {
  return (settings as Record<string, unknown>).encoderSees === 'all' ? 'all' : 'kept';
}

/** What is painted in place of pixels, learned from the fixture's training patches. */
export function learnedOf({ settings, inputs }: Fixture): LearnedTarget | undefined {
  const { outputs, patchLength } = settings as Settings;
  if (inputs.training === undefined) return undefined;
  const training = Float32Array.from(inputs.training.data);
  const { target } = settings as Record<string, unknown>;
  if (target === 'pca') return pcaTarget(outputs, patchLength, () => principalComponents(training, patchLength, outputs));
  const starts = training.slice(0, outputs * patchLength);
  return tokenTarget(outputs, patchLength, () => lloyd(training, starts, patchLength, 10));
}

export function batchOf({ inputs, settings }: Fixture): PatchBatch {
  const { batch, rows, columns, patchLength } = settings as Settings;
  return { values: Float32Array.from(inputs.patches.data), count: batch, patches: rows * columns, patchLength };
}

export function ordersOf({ inputs }: Fixture): Int32Array[] {
  return rowsOf(inputs.order).map((row) => Int32Array.from(row));
}

export function uploadedTask(fixture: Fixture, painter: Painter, kept: number): UploadedTask {
  const { tensors, sizes } = painter.task(batchOf(fixture), ordersOf(fixture), kept);
  return { tensors: uploadInputs(tensors), sizes };
}

/** Parameters that are not trained, which the fixtures leave out. */
export function fixedWeights(parameters: readonly ParameterSpec[]): Weights {
  const fixed = parameters.filter(({ trainable = true }) => !trainable);
  return Object.fromEntries(fixed.map(({ name, shape, init }) => [name, tf.tensor(init(new Random(0), shape), [...shape])]));
}
