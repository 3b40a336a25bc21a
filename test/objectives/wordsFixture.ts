/** The one step of each objective on words that PyTorch computed (test/reference/words.py), as ours take it. */
import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../src/base/random.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import type { StackSpec } from '../../src/model/blocks.ts';
import type { ParameterSpec, Weights } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { encoderParameters } from '../../src/model/transformer.ts';
import { bertPainter, bertParameters } from '../../src/objectives/bert.ts';
import { type LatentModel, latentLoss } from '../../src/objectives/data2vec.ts';
import { latentTask } from '../../src/objectives/latentTask.ts';
import { maeWordPainter, maeWordParameters } from '../../src/objectives/maeWords.ts';
import { mp3Puzzle } from '../../src/objectives/mp3.ts';
import type { LossResult, PatchBatch, Task, UploadedTask } from '../../src/objectives/objective.ts';
import { supervisedLoss } from '../../src/objectives/supervised.ts';
import { tokenTensors } from '../../src/objectives/tokenValues.ts';
import { type WordPainter, wordsLoss } from '../../src/objectives/words.ts';
import { type Fixture, rowsOf } from '../reference/fixture.ts';

export interface WordsStep {
  loss(weights: Weights): LossResult;
  /** Those that are not trained among them. */
  parameters: readonly ParameterSpec[];
}

type Settings = Record<string, number>;

export function specOf({ settings }: Fixture, differing: Partial<ModelSpec> = {}): ModelSpec {
  const { n, vocabulary, width, depth, heads } = settings as Settings;
  return {
    vocabulary,
    patchLength: 1,
    layout: [1],
    grid: [n],
    patches: n,
    width,
    depth,
    heads,
    mlpRatio: 4,
    classToken: false,
    positions: 'sincos',
    norm: 'pre',
    dropPath: 0,
    ...differing,
  };
}

export function batchOf({ inputs, settings }: Fixture): PatchBatch {
  return { values: Int32Array.from(inputs.ids.data), count: settings.batch, patches: settings.n, patchLength: 1 };
}

function upload({ tensors, sizes }: Task): UploadedTask {
  return { tensors: uploadInputs(tensors), sizes };
}

function ordersOf({ inputs }: Fixture): Int32Array[] {
  return rowsOf(inputs.order).map((row) => Int32Array.from(row));
}

function guessing(fixture: Fixture, painter: WordPainter, parameters: readonly ParameterSpec[]): WordsStep {
  const removed = rowsOf(fixture.inputs.removed).map((row) =>
    Int32Array.from(row.flatMap((is, place) => (is === 1 ? [place] : []))),
  );
  const task = upload(painter.task(batchOf(fixture), removed, fixture.settings.rows, new Random(1)));
  return { parameters, loss: (weights) => wordsLoss(painter, weights, task) };
}

export function bertStep(fixture: Fixture): WordsStep {
  const spec = specOf(fixture);
  return guessing(fixture, bertPainter(spec, 'mask'), bertParameters(spec, fixture.settings.tied !== 0));
}

export function maeStep(fixture: Fixture): WordsStep {
  const spec = specOf(fixture);
  const { decoderWidth: width, decoderDepth: depth, decoderHeads: heads } = fixture.settings as Settings;
  const decoder: StackSpec = { prefix: 'decoder_blocks', width, depth, heads, mlpRatio: 4, norm: 'pre', dropPath: 0 };
  return guessing(fixture, maeWordPainter(spec, decoder), maeWordParameters(spec, decoder, true));
}

export function mp3Step(fixture: Fixture): WordsStep {
  const puzzle = mp3Puzzle(specOf(fixture, { positions: 'none' }));
  const task = upload(puzzle.task(batchOf(fixture), 0, ordersOf(fixture)));
  return { parameters: puzzle.parameters, loss: (weights) => puzzle.loss(weights, task) };
}

export function labelsStep(fixture: Fixture): WordsStep {
  const spec = specOf(fixture);
  const { values, count, patches } = batchOf(fixture);
  const { labels } = fixture.inputs;
  const tensors = {
    ...tokenTensors('patches', { data: values, shape: [count, patches, 1] }, spec),
    targets: { data: Float32Array.from(labels.data), shape: labels.shape },
    labels: { data: Int32Array.of(0, 2), shape: [2] },
  };
  const task = upload({ tensors, sizes: {} });
  return { parameters: encoderParameters(spec), loss: (weights) => supervisedLoss(weights, spec, 'mean', task) };
}

export function data2vecStep(fixture: Fixture, teacher: Weights): WordsStep {
  const spec = specOf(fixture, { norm: 'post' });
  const {
    width,
    depth,
    kept,
    decoderLayers: layers,
    decoderKernel: kernel,
    decoderGroups: groups,
  } = fixture.settings as Settings;
  const decoder = { width, grid: spec.grid, layers, kernel, groups };
  const model: LatentModel = { spec, decoder, layers: depth, targetNorm: 'none', classLoss: 0 };
  const noise = Float32Array.from(fixture.inputs.noise.data);
  const task = upload(latentTask(batchOf(fixture), ordersOf(fixture), kept, noise, spec));
  return { parameters: encoderParameters(spec), loss: (weights) => latentLoss(weights, model, task, teacher) };
}

/** Parameters that are not trained, which the fixtures leave out. */
export function fixedWeights(parameters: readonly ParameterSpec[]): Weights {
  const fixed = parameters.filter(({ trainable = true }) => !trainable);
  return Object.fromEntries(fixed.map(({ name, shape, init }) => [name, tf.tensor(init(new Random(0), shape), [...shape])]));
}
