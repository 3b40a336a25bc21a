import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import { weightDistance } from '../../src/metrics/weightDistance.ts';
import { parameterCount } from '../../src/model/parameters.ts';
import { encoderParameters } from '../../src/model/transformer.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { ClassesView } from '../../src/trainer/classes.ts';
import { distanceToStart, learnedSamples, meanLoss } from '../../src/trainer/fit.ts';
import { Run } from '../../src/trainer/run.ts';
import type { Measurement } from '../../src/trainer/view.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

function configOf(labelsPerClass: number): RunConfig {
  const config = tinyConfig({ steps: 20 });
  return {
    ...config,
    task: { ...config.task, objective: 'supervised' },
    supervised: { ...config.supervised, labelsPerClass },
  };
}

async function measure(run: Run): Promise<Measurement> {
  const measuring = new ClassesView(run).measure(run.dataset.heldOut, indexRange(0, 12));
  for (;;) {
    const next = await measuring.next();
    if (next.done) return next.value;
  }
}

it('takes the mean surprise at true classes', () => {
  expect(meanLoss(Float32Array.of(0.5, 0.5, 0.125, 0.875), Uint16Array.of(0, 0), 2)).toBeCloseTo(2 * Math.LN2, 6);
  expect(meanLoss(Float32Array.of(0, 1), Uint16Array.of(0), 2)).toBeCloseTo(149 * Math.LN2, 4);
});

describe('a run with labels', () => {
  it('tells its gap on what it learned from, and how far its encoder has moved', async () => {
    const run = new Run(configOf(4), rampDataset());
    const before = await measure(run);
    expect(before.scores.distance).toBe(0);
    const start = (await run.readWeights()).slice();
    for (let i = 0; i < 20; i++) await run.step();
    const { scores, trainingPictures } = await measure(run);
    const { loss = 0, trainingLoss = 0, generalisationGap, distance } = scores;
    expect(trainingPictures).toBe(8);
    expect(generalisationGap).toBe(loss - trainingLoss);
    // What was seen twenty times is known better.
    expect(trainingLoss).toBeLessThan(before.scores.trainingLoss ?? 0);
    expect(trainingLoss).toBeLessThan(loss);
    const count = parameterCount(encoderParameters(run.spec));
    const weights = await run.readWeights();
    expect(distance).toBe(weightDistance(weights.subarray(0, count), start.subarray(0, count)).distance);
    expect(distance).toBeGreaterThan(0.1);
    run.dispose();
  }, 120_000);

  it('measures at most 256 of the samples that it may see, spread over all of them', () => {
    const few = new Run(configOf(4), rampDataset());
    expect(learnedSamples(few)).toHaveLength(8);
    const many = new Run(configOf(0), rampDataset(600, 8));
    const learned = learnedSamples(many);
    expect([learned.length, new Set(learned).size]).toEqual([256, 256]);
    expect(learned.at(-1)).toBeGreaterThan(590);
    few.dispose();
    many.dispose();
  });

  it('keeps its distance over a file, and knows none where the start was not kept', async () => {
    const run = new Run(configOf(4), rampDataset());
    for (let i = 0; i < 3; i++) await run.step();
    const { pretrained: _, ...older } = await run.snapshot();
    const resumed = new Run(configOf(4), rampDataset());
    resumed.restore(await run.snapshot());
    expect(await distanceToStart(resumed)).toEqual(await distanceToStart(run));
    resumed.restore(older);
    expect(await distanceToStart(resumed)).toBeUndefined();
    expect((await measure(resumed)).scores).not.toHaveProperty('distance');
    run.dispose();
    resumed.dispose();
  }, 120_000);
});
