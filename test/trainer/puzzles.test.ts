/** The cousins of MP3 as whole runs: what they are given, asked and shown (methods 1.5, 1.6). */

import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { meanOver } from '../../src/base/statistics.ts';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import { OBJECTIVE_FACTS } from '../../src/config/objectives.ts';
import { phaseAt } from '../../src/config/phases.ts';
import type { RunConfig } from '../../src/config/run.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { synthesisedSet } from '../../src/data/sound/soundSet.ts';
import { rightNeighbours } from '../../src/metrics/jigsaw.ts';
import { mp3 } from '../../src/objectives/mp3.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { measureContentFloor } from '../../src/trainer/contentFloor.ts';
import { boardSamples, positionScores } from '../../src/trainer/puzzles.ts';
import { Run } from '../../src/trainer/run.ts';
import { viewOf } from '../../src/trainer/views.ts';
import { colourSubject, rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

function configOf(masked: RunConfig['mp3']['masked'], maskRatio = 0.5): RunConfig {
  const config = tinyConfig();
  return { ...config, task: { ...config.task, maskRatio }, mp3: { ...config.mp3, masked, anchors: 0.25 } };
}

async function finish<T>(generator: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const next = await generator.next();
    if (next.done) return next.value;
  }
}

describe('a run of', () => {
  const draw = (config: RunConfig, progress: number) => {
    const { train } = rampDataset();
    const run = new Run(config, rampDataset());
    const batch = run.tokenizer.cut(train, [0, 1]);
    run.dispose();
    return mp3(config, colourSubject(config, 0)).draw(batch, config, new Random(1), phaseAt(config, 0).phase, progress).tensors;
  };

  it('MP3 gives and asks all patches, JigsawViT the kept ones, DropPos those without a position', () => {
    expect(draw(configOf('asked'), 0).patches.shape.slice(0, 2)).toEqual([2, 16]);
    expect(draw(configOf('asked'), 0).order.shape).toEqual([2, 16]);
    expect(draw(configOf('dropped'), 0).patches.shape.slice(0, 2)).toEqual([2, 8]);
    expect(draw(configOf('dropped'), 0).order.shape).toEqual([2, 8]);
    expect(draw(configOf('positions'), 0).patches.shape.slice(0, 2)).toEqual([2, 8]);
    expect(draw(configOf('positions'), 0).anchors.shape).toEqual([2, 2]);
    expect(draw(configOf('positions'), 0).order.shape).toEqual([2, 6]);
  });

  it('DropPos sharpens its labels with the progress of the run', () => {
    const largest = (progress: number) => Math.max(...draw(configOf('positions'), progress).targets.data);
    expect(largest(0)).toBeLessThan(0.7);
    expect(largest(0.5)).toBeGreaterThan(largest(0));
    expect(largest(1)).toBe(1);
  });
});

describe('the board of DropPos', () => {
  it('leaves anchors where they are, and gives nobody else their cells', { timeout: 60_000 }, async () => {
    const run = new Run(configOf('positions'), rampDataset(64, 16));
    for (let i = 0; i < 10; i++) await run.step();
    for (const { order, kept, anchors, predicted, assigned, confidence } of await boardSamples(run, run.dataset.heldOut)) {
      expect([kept, anchors]).toEqual([8, 2]);
      expect(predicted.subarray(0, anchors)).toEqual(order.subarray(0, anchors));
      expect(assigned.subarray(0, anchors)).toEqual(order.subarray(0, anchors));
      expect([...confidence.subarray(0, anchors)]).toEqual([1, 1]);
      expect(new Set(assigned.subarray(0, kept)).size).toBe(kept);
    }
    const { assignmentAccuracy, accuracy } = await finish(positionScores(run, run.dataset.heldOut, indexRange(0, 16), 0.5));
    expect(assignmentAccuracy).toBeGreaterThan(0);
    expect(accuracy).toBeGreaterThan(0);
    run.dispose();
  });
});

describe('a run of MP3 with given positions', () => {
  const given = (config: RunConfig): RunConfig => ({ ...config, mp3: { ...config.mp3, given: 0.25 } });

  it('marks them on the board, leaves them out of every score, and has no neighbours on a grid', async () => {
    const run = new Run(given(configOf('asked', 0)), rampDataset(64, 16));
    for (let i = 0; i < 5; i++) await run.step();
    for (const { order, kept, anchors, context, predicted } of await boardSamples(run, run.dataset.heldOut)) {
      expect({ kept, anchors, context }).toEqual({ kept: 16, anchors: 4, context: 16 });
      expect(predicted.subarray(0, 4)).toEqual(order.subarray(0, 4));
    }
    const report = await finish(positionScores(run, run.dataset.heldOut, indexRange(0, 16), 0));
    expect(report.confusion.reduce((sum, count) => sum + count, 0)).toBe(16 * 12);
    expect(report.neighbours).toBeUndefined();
    run.dispose();
  });

  it('gives its encoder fixed positions when labels arrive, and none to one that had none', () => {
    const { positions } = fineTuneConfig(given(configOf('asked'))).supervised;
    expect(positions).toBe('sincos');
    expect(fineTuneConfig(configOf('asked')).supervised.positions).toBe('learned');
  });
});

describe('a run of MP3 on a line', () => {
  /** 16 pieces of spoken syllables. */
  const dataset = (): Dataset => {
    const half = (split: 'train' | 'heldOut', count: number) =>
      synthesisedSet({ set: 'syllables', seed: 1, split }, 1.024, count, ['any']);
    return { name: 'Syllables', train: half('train', 16), heldOut: half('heldOut', 8), heldOutIsTrain: false };
  };

  it('says how many pieces follow each other as in truth, with their error, and how far off the others are', async () => {
    const start = configOf('asked', 0);
    const config: RunConfig = { ...start, data: { ...start.data, dataset: 'syllables' }, mp3: { ...start.mp3, given: 0.25 } };
    const run = new Run(config, dataset());
    await run.step();
    expect(run.spec.grid).toEqual([16]);
    const { scores, errors } = await finish(viewOf(run).measure(run.dataset.heldOut, indexRange(0, 8), 0));
    const samples = await boardSamples(run, run.dataset.heldOut);
    const parts = samples.map(({ predicted, confidence, order, anchors }) =>
      rightNeighbours(predicted, confidence, order, anchors),
    );
    expect(new Set(parts.map(({ count }) => count)).size).toBeGreaterThan(1);
    expect(scores.rightNeighbours).toBeCloseTo(meanOver(parts).value, 12);
    expect(errors.rightNeighbours).toBeGreaterThanOrEqual(0);
    expect(scores.meanError).toBeGreaterThan(0);
    for (const name of OBJECTIVE_FACTS.mp3.metrics.evaluation) expect(Object.keys(scores)).toContain(name);
    run.dispose();
  });
});

describe('the content-only floor', () => {
  it('looks at each patch alone, whatever becomes of masked ones', { timeout: 120_000 }, async () => {
    const dataset = rampDataset(16, 8);
    const floor = (config: RunConfig) => finish(measureContentFloor(config, dataset, indexRange(0, 8)));
    const plain = await floor(configOf('asked', 0));
    expect(plain).toBeGreaterThan(1 / 16);
    expect(await floor(configOf('positions'))).toBe(plain);
    expect(await floor(configOf('dropped'))).toBe(plain);
    expect(await floor({ ...configOf('asked'), mp3: { ...configOf('asked').mp3, given: 0.25 } })).toBe(plain);
  });
});
