import { beforeAll, describe, expect, it } from 'vitest';
import { withSetting } from '../../../src/config/settings.ts';
import { trainingFlops } from '../../../src/trainer/flops.ts';
import { subjectOf } from '../../../src/trainer/subject.ts';
import { SweepPace, sayAbout } from '../../../src/trainer/sweep/pace.ts';
import { sweepWork, timeStep } from '../../../src/trainer/sweep/work.ts';
import { rampDataset, startWasm, tinyConfig } from '../../tinyRun.ts';
import { colourDataset, labelled } from '../study/colours.ts';

beforeAll(startWasm);

const dataset = colourDataset();
const pretraining = tinyConfig();
const gflop = trainingFlops(pretraining, subjectOf(pretraining, dataset)) / 1e9;

describe('the work of a sweep', () => {
  it('counts a pretraining at the first point that needs it, and none that is there', () => {
    const points = [
      { pretraining, measures: ['scores' as const] },
      { pretraining, measures: ['scores' as const] },
    ];
    expect(sweepWork(points, dataset, 20)).toEqual([gflop, 0]);
  });

  it('adds what labels take, twice the steps twice of it', () => {
    const work = (steps: number) =>
      sweepWork([{ withLabels: withSetting(labelled(), 'optimiser.steps', steps), measures: ['finetune'] }], dataset, 0)[0] ?? 0;
    expect(work(20)).toBeCloseTo(2 * work(10), 10);
    const frozen = (labels: number) =>
      sweepWork(
        [{ withLabels: withSetting(labelled(), 'supervised.labelsPerClass', labels), measures: ['knn'] }],
        dataset,
        0,
      )[0] ?? 0;
    expect(frozen(10)).toBeCloseTo(2 * frozen(5), 10);
    // Zero takes all forty.
    expect(frozen(0)).toBeCloseTo(2 * frozen(10), 10);
  });

  it('is timed by a few steps', async () => {
    const timing = timeStep(tinyConfig({ steps: 4 }), rampDataset());
    let pieces = 0;
    let next = await timing.next();
    for (; !next.done; next = await timing.next()) pieces++;
    expect(pieces).toBe(4);
    expect(next.value).toBeGreaterThan(0);
  });
});

describe('what is left', () => {
  it('is told by the timed step at first, and by the points done from then on', () => {
    const pace = new SweepPace(10, 2);
    expect(pace.secondsLeft).toBe(20);
    pace.finish(4, 12);
    expect(pace.secondsLeft).toBe(18);
    pace.finish(6, 1);
    expect(pace.secondsLeft).toBe(0);
  });

  it('is no more precise than an estimate', () => {
    expect([0.2, 80, 100, 6000].map(sayAbout)).toEqual(['about 1 s', 'about 80 s', 'about 2 min', 'about 1.7 h']);
  });
});
