import { describe, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { featureFlops, stepFlops, trainingFlops } from '../../src/trainer/flops.ts';
import { colourSubject, tinyConfig } from '../tinyRun.ts';

/** 16 patches of 7 x 7 x 3, width 32, two blocks, batch 8. */
const N = 16;
const PATCH = 147;
const D = 32;
const BATCH = 8;

/** Queries, keys, values, projection, scores and mixing, MLP: multiply-adds of one block where all of `rows` answer. */
const block = (rows: number, width = D) => 4 * rows * width * width + 2 * rows * rows * width + 8 * rows * width * width;
const embed = (rows: number) => rows * PATCH * D;
const WHOLE = embed(N) + 2 * block(N + 1);

function config(objective: RunConfig['task']['objective'], settings: Record<string, string | number> = {}): RunConfig {
  const own = { 'picture.patch': 7, 'optimiser.batch': BATCH, ...settings };
  return Object.entries(own).reduce(
    (run, [path, value]) => withSetting(run, path, value),
    withObjective(tinyConfig(), objective),
  );
}

const SUBJECT = colourSubject(config('mp3'), 2);

/** Multiply-adds of one picture. */
const perPicture = (run: RunConfig) => stepFlops(run, SUBJECT) / (2 * BATCH);

describe('stepFlops', () => {
  it('lets only the context of MP3 answer', () => {
    const run = config('mp3', { 'task.maskRatio': 0.75 });
    // 5 rows have keys and values.
    const oneBlock = 2 * 17 * D * D + 2 * 5 * D * D + 2 * 17 * 5 * D + 8 * 17 * D * D;
    expect(perPicture(run)).toBe(3 * (2 * oneBlock + N * D * N) + 2 * embed(N));
  });

  it('gives the cousins of MP3 the kept patches only', () => {
    const dropped = config('mp3', { 'task.maskRatio': 0.5, 'mp3.masked': 'dropped' });
    expect(perPicture(dropped)).toBe(3 * (2 * block(9) + 8 * D * N) + 2 * embed(8));
    // 8 kept, 2 of them with their position; two decoder blocks.
    const positions = config('mp3', { 'task.maskRatio': 0.5, 'mp3.masked': 'positions' });
    expect(perPicture(positions)).toBe(3 * (2 * block(9) + 9 * D * D + 2 * block(9) + 6 * D * N) + 2 * embed(8));
  });

  it('counts the kept patches and the decoder of MAE', () => {
    const run = config('mae', { 'mae.decoderDepth': 1, 'mae.decoderWidth': 64 });
    const decoder = 5 * D * 64 + block(17, 64) + 12 * 64 * PATCH;
    expect(perPicture(run)).toBe(3 * (2 * block(5) + decoder) + 2 * embed(4));
  });

  it('counts all places where the encoder of MAE sees mask tokens', () => {
    const run = config('mae', { 'mae.decoderDepth': 1, 'mae.decoderWidth': 64, 'mae.encoderSees': 'all' });
    const decoder = 17 * D * 64 + block(17, 64) + 12 * 64 * PATCH;
    expect(perPicture(run)).toBe(3 * (2 * block(17) + decoder) + 2 * embed(4));
  });

  it('sends all rows through the encoder of SimMIM', () => {
    // 0.6 of four units of 2 x 2 patches are three: 4 patches stay.
    expect(perPicture(config('simmim'))).toBe(3 * (2 * block(17) + 12 * D * PATCH) + 2 * embed(4));
  });

  it('runs the teacher of data2vec once, and its students once for each mask', () => {
    const settings = {
      'data2vec.masks': 3,
      'data2vec.decoderDepth': 2,
      'data2vec.decoderKernel': 3,
      'data2vec.decoderGroups': 8,
    };
    const student = 3 * (2 * block(5) + 2 * (N * 9 * D * 4) + 12 * D * D) + 2 * embed(4);
    expect(perPicture(config('data2vec', settings))).toBe(WHOLE + 3 * student);
  });

  it('adds a look at the whole picture to self-distillation, by student and teacher', () => {
    const run = config('selfDistillation');
    const [pretraining, further, round] = ['own', 'own', 'distillation'].map((task) =>
      stepFlops(run, SUBJECT, { label: '', task: task as 'own', steps: 1, data: 'target', start: 'previous' }),
    );
    expect(further).toBe(pretraining);
    expect(pretraining).toBe(stepFlops(config('mae'), SUBJECT));
    expect((round - further) / (2 * BATCH)).toBe(4 * WHOLE - embed(N));
    const weights = config('selfDistillation', { 'selfDistillation.variant': 'weights' });
    const phase = { label: '', task: 'distillation', steps: 1, data: 'target', start: 'pretrained' } as const;
    expect(stepFlops(weights, SUBJECT, phase)).toBe(pretraining);
  });

  it('goes back only as far as something learns', () => {
    const head = D * 2;
    const cost = (train: string) => perPicture(config('supervised', { 'supervised.train': train }));
    expect(cost('all')).toBe(3 * (WHOLE + head) - embed(N));
    expect(cost('1')).toBe(WHOLE + head + 2 * (block(17) + head));
    expect(cost('0.5')).toBe(WHOLE + head + 2 * (8 * 17 * D * D + head));
    expect(cost('0')).toBe(WHOLE + 3 * head);
    // The model has two blocks.
    expect(cost('4')).toBe(cost('2'));
    expect(cost('2')).toBe(cost('all') - embed(N));
  });
});

it('adds up phases and steps', () => {
  const run = config('selfDistillation', { 'selfDistillation.pretrainSteps': 5, 'optimiser.steps': 7 });
  const own = stepFlops(run, SUBJECT);
  const phase = { label: '', task: 'distillation', steps: 1, data: 'target', start: 'pretrained' } as const;
  expect(trainingFlops(run, SUBJECT)).toBe(12 * own + 7 * stepFlops(run, SUBJECT, phase));
});

it('counts features as one look at a picture', () => {
  expect(featureFlops(config('supervised'), SUBJECT)).toBe(2 * WHOLE);
});
