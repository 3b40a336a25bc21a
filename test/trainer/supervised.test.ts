import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BadDataError } from '../../src/base/errors.ts';
import { Random } from '../../src/base/random.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { observeKernels } from '../../src/ops/kernels.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { ClassesView, classProbabilities } from '../../src/trainer/classes.ts';
import { features } from '../../src/trainer/features.ts';
import { Run } from '../../src/trainer/run.ts';
import { startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

/** 80 steps on a machine that may be busy. */
const TIMEOUT = 60_000;

const CLASSES = ['top', 'bottom', 'neither'];

/** Noise, brighter at the top, at the bottom or nowhere. */
function brightPictures(count: number, seed: number): PictureSet {
  const size = 28;
  const random = new Random(seed, 'bright');
  const labels = Uint16Array.from({ length: count }, (_, i) => i % CLASSES.length);
  const pixels = Uint8Array.from({ length: count * size * size * 3 }, (_, i) => {
    const label = labels[Math.floor(i / (size * size * 3))];
    const row = Math.floor(i / (size * 3)) % size;
    return random.below(100) + ((label === 0 && row < 7) || (label === 1 && row >= 21) ? 150 : 0);
  });
  return { modality: 'picture', pixels, count, size, channels: 3, labels, classes: CLASSES };
}

const DATASET: Dataset = {
  name: 'Bright',
  train: brightPictures(150, 1),
  heldOut: brightPictures(60, 2),
  heldOutIsTrain: false,
};

function configOf(settings: Partial<RunConfig['supervised']> = {}, changes: Partial<RunConfig> = {}): RunConfig {
  const config = tinyConfig();
  return {
    ...config,
    task: { ...config.task, objective: 'supervised' },
    supervised: { ...config.supervised, ...settings },
    ...changes,
  };
}

async function finish<T>(generator: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const next = await generator.next();
    if (next.done) return next.value;
  }
}

const range = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a run with labels', () => {
  it.each<[string, Partial<RunConfig['supervised']>]>([
    ['fixed positions', { positions: 'sincos' }],
    ['relative positions, mean of patches', { positions: 'relative', pooling: 'mean' }],
    ['norms after the branches, CutMix', { norm: 'post', positions: 'sincos', pooling: 'mean', cutmix: 1 }],
  ])(
    'learns what tells classes apart: %s',
    async (_, settings) => {
      const { optimiser } = tinyConfig({ steps: 80, batch: 24 });
      const run = new Run(configOf(settings, { optimiser }), DATASET);
      const first = await finish(new ClassesView(run).measure(DATASET.heldOut, indexRange(0, 60)));
      expect(first.scores.loss).toBeLessThan(1.5);
      for (let i = 0; i < 80; i++) await run.step();
      const { scores, confusion } = await finish(new ClassesView(run).measure(DATASET.heldOut, indexRange(0, 60)));
      expect(scores.accuracy).toBeGreaterThan(0.8);
      expect(scores.loss).toBeLessThan(first.scores.loss ?? 0);
      const counts = Array.from(confusion?.counts ?? []);
      expect(confusion).toMatchObject({ of: 'classes', side: 3 });
      // Rows are the true classes, 20 pictures of each.
      for (const row of [0, 1, 2]) expect(counts.slice(3 * row, 3 * row + 3).reduce((a, b) => a + b)).toBe(20);
      expect((counts[0] + counts[4] + counts[8]) / 60).toBeCloseTo(scores.accuracy ?? 0, 6);
      run.dispose();
    },
    TIMEOUT,
  );

  it.each([
    ['0', /^(norm|head)\./],
    ['0.5', /^(norm|head|blocks\.1\.(norm2|mlp))\./],
    ['1', /^(norm|head|blocks\.1)\./],
    ['all', /./],
  ] as const)('leaves frozen weights as they are, bit for bit, and moves the others: %s', async (train, trained) => {
    const run = new Run(configOf({ train }), DATASET);
    const before = (await run.readWeights()).slice();
    for (let i = 0; i < 3; i++) await run.step();
    const after = await run.readWeights();
    for (const { spec, offset, length } of run.parameters.placements) {
      const [old, now] = [before.subarray(offset, offset + length), after.subarray(offset, offset + length)];
      if (trained.test(spec.name)) expect(now, spec.name).not.toEqual(old);
      else expect(now, spec.name).toEqual(old);
    }
    run.dispose();
  });

  it.each([
    ['all', 4],
    ['2', 2],
    ['1', 1],
    ['0.5', 0],
    ['0', 0],
  ] as const)('does not go back through frozen blocks: %s, %i of 4', async (train, blocks) => {
    const model = { ...tinyConfig().model, depth: 4 };
    const run = new Run(configOf({ train }, { model }), DATASET);
    const kernels: string[] = [];
    await observeKernels(
      (name) => kernels.push(name),
      () => run.step(),
    );
    const count = (kernel: string) => kernels.filter((name) => name === kernel).length;
    // A first step is computed anew while it is recorded.
    const times = count('SelfAttention') / 4;
    expect([1, 2]).toContain(times);
    expect(count('SelfAttentionGrad')).toBe(blocks * times);
    expect(count('MlpGrad')).toBe((train === '0.5' ? 1 : blocks) * times);
    run.dispose();
  });

  it('learns from as many pictures of each class as it is asked to, and from no others', async () => {
    const run = new Run(configOf({ labelsPerClass: 4 }), DATASET);
    const stream = Reflect.get(Reflect.get(run, 'drawer'), 'streams').target;
    expect(Array.from<number>(stream.batch(0, 12, run.config).labels).sort()).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect(new Set(Array.from({ length: 120 }, (_, position) => stream.indexAt(position))).size).toBe(12);
    run.dispose();
    expect(() => new Run(configOf({ labelsPerClass: 51 }), DATASET)).toThrow(BadDataError);
    const { labels: _, ...unlabelled } = DATASET.train;
    expect(() => new Run(configOf(), { ...DATASET, train: unlabelled })).toThrow(/no labels/);
  });

  it('drops no path while it is looked at', async () => {
    const model = { ...tinyConfig().model, dropPath: 0.5 };
    const run = new Run(configOf({}, { model }), DATASET);
    const look = () => classProbabilities(run, DATASET.heldOut, range(6));
    const first = await look();
    expect(await look()).toEqual(first);
    const plain = new Run(configOf(), DATASET);
    expect(await classProbabilities(plain, DATASET.heldOut, range(6))).toEqual(first);
    const read = (of: Run) => finish(features(of, DATASET.heldOut, range(6), 'mean'));
    expect(await read(run)).toEqual(await read(plain));
    run.dispose();
    plain.dispose();
  });

  it('shows a board of probabilities, also of a photo that belongs to no class', async () => {
    const run = new Run(configOf(), DATASET);
    const board = { ...brightPictures(3, 5), labels: Uint16Array.of(0xffff, 1, 2) };
    const report = await new ClassesView(run).board(board);
    if (report.kind !== 'classes') throw new Error(report.kind);
    expect(report.samples.map(({ truth }) => truth)).toEqual([undefined, 1, 2]);
    for (const { probabilities } of report.samples) {
      expect(probabilities).toHaveLength(3);
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    const { labels: _, ...unlabelled } = DATASET.heldOut;
    expect((await finish(new ClassesView(run).measure(unlabelled, indexRange(0, 10)))).scores).toEqual({});
    run.dispose();
  });

  it('leaves nothing behind on the backend', async () => {
    const before = tf.memory().numTensors;
    const run = new Run(configOf({ train: '1', positions: 'relative' }), DATASET);
    await run.step();
    const held = tf.memory().numTensors;
    await run.step();
    await finish(new ClassesView(run).measure(DATASET.heldOut, indexRange(0, 20)));
    await finish(features(run, DATASET.train, range(10), 'mean'));
    expect(tf.memory().numTensors).toBe(held);
    run.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('features', () => {
  const of = async (config: RunConfig, pictures: number[], pooling: 'class' | 'mean') => {
    const run = new Run(config, DATASET);
    const found = await finish(features(run, DATASET.train, pictures, pooling));
    run.dispose();
    return found;
  };

  it.each(['mp3', 'mae', 'simmim', 'data2vec', 'selfDistillation', 'supervised'] as const)(
    'come from any run: %s',
    async (objective) => {
      const config = configOf();
      const task = { ...config.task, objective, maskRatio: objective === 'mp3' ? 0 : 0.5 };
      const run = { ...config, task, model: { ...config.model, width: 32 } };
      for (const pooling of ['class', 'mean'] as const) {
        const all = await of(run, range(70), pooling);
        expect(all).toHaveLength(70 * 32);
        expect(all.every(Number.isFinite)).toBe(true);
        // 16 patches a picture: 70 are two chunks. A picture's features do not depend on the others.
        const alone = await of(run, [69, 3], pooling);
        for (let i = 0; i < 32; i++) {
          expect(alone[i]).toBeCloseTo(all[69 * 32 + i], 5);
          expect(alone[32 + i]).toBeCloseTo(all[3 * 32 + i], 5);
        }
        expect(all.slice(0, 32)).not.toEqual(all.slice(32, 64));
      }
    },
  );

  it('leave the class token out of the mean', async () => {
    // Without blocks a class token is all that distinguishes the two read-outs, and it sees nothing.
    const config = configOf({ positions: 'none' }, { model: { ...tinyConfig().model, depth: 0 } });
    const task = { ...config.task, objective: 'mp3' as const };
    const token = await of({ ...config, task }, [0, 1], 'class');
    expect(token.slice(0, 32)).toEqual(token.slice(32));
    const withToken = await of({ ...config, task }, [0, 1], 'mean');
    const without = { ...config, task, mp3: { ...config.mp3, classToken: 'none' as const } };
    expect(await of(without, [0, 1], 'mean')).toEqual(withToken);
    await expect(of(without, [0], 'class')).rejects.toThrow('no class token');
  });

  it('are what the head sees', async () => {
    const run = new Run(configOf({ pooling: 'mean' }), DATASET);
    const found = await finish(features(run, DATASET.train, range(4), 'mean'));
    // A fresh layer norm: mean 0, variance 1.
    for (let i = 0; i < 4; i++) {
      const row = found.slice(i * 32, (i + 1) * 32);
      expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 3);
      expect(row.reduce((sum, value) => sum + value ** 2, 0) / 32).toBeCloseTo(1, 2);
    }
    run.dispose();
  });
});
