import { beforeAll, describe, expect, it } from 'vitest';
import { withObjective } from '../../../src/config/presets.ts';
import { pointKey, type SweepPoint, sweepPoints } from '../../../src/config/sweep/points.ts';
import { fineTuningMetric, type Sweep, scoreAt } from '../../../src/config/sweep/sweep.ts';
import type { Dataset } from '../../../src/data/samples.ts';
import type { SweepEvent, SweepPlan, SweepResult } from '../../../src/trainer/sweep/plan.ts';
import { runSweep } from '../../../src/trainer/sweep/runSweep.ts';
import { startWasm, tinyConfig } from '../../tinyRun.ts';
import { colourDataset } from '../study/colours.ts';

beforeAll(startWasm);

const dataset = colourDataset();
const tiny = tinyConfig({ steps: 4 });
const base = { ...withObjective(tiny, 'mae'), ...{ picture: tiny.picture, optimiser: tiny.optimiser } };
const sweep = (changes: Partial<Sweep>): Sweep => ({
  base,
  labels: { 'optimiser.steps': 3, 'optimiser.batch': 8, 'supervised.labelsPerClass': 4 },
  axes: [{ path: 'task.maskRatio', values: [0.5, 0.75] }],
  seeds: [1],
  measures: ['scores', 'knn', 'finetune', 'stepTime', 'stepMemory'],
  baselines: ['scratch'],
  checkpointsAt: [],
  onePretraining: false,
  ...changes,
});

const work = (points: readonly SweepPoint[], known?: ReadonlySet<string>, data?: Dataset) =>
  workThrough([{ points, testSamples: 16 }], known, data);

async function workThrough(plans: readonly SweepPlan[], known?: ReadonlySet<string>, data: Dataset = dataset) {
  const events: SweepEvent[] = [];
  const open = () => Promise.resolve({ target: data, source: data });
  for await (const event of runSweep(plans, open, known)) events.push(event);
  const results = events.flatMap((event) => (event.type === 'point' ? [event.result] : []));
  const pretrained = new Set(
    events.flatMap((event) => (event.type === 'progress' && event.progress.doing === 'pretraining' ? [event.progress.key] : [])),
  );
  return { events, results, pretrained };
}

/** Without what the clock says. */
const numbers = ({ seconds: _seconds, values: { stepTime: _time, ...values }, ...rest }: SweepResult) => ({ ...rest, values });

describe('runSweep', () => {
  it('says what it will take, and measures every point in every way that is asked', async () => {
    const points = sweepPoints(sweep({}));
    const { events, results } = await work(points);
    const outlook = events.find((event) => event.type === 'outlook');
    expect(outlook?.type === 'outlook' && outlook.outlook.seconds).toHaveLength(3);
    expect(results.map(({ key }) => key)).toEqual(points.map(pointKey));
    const [scratch, half, most] = results;
    expect(Object.keys(scratch?.values ?? {})).toEqual(['finetune']);
    expect(Object.keys(half?.values ?? {})).toEqual(expect.arrayContaining(['maskedError', 'knn', 'finetune', 'stepTime']));
    expect(half?.values.maskedError).not.toBe(most?.values.maskedError);
    // More patches are kept at a half.
    expect(half?.values.stepMemory).toBeGreaterThan(Number(most?.values.stepMemory));
    expect(half?.values.stepMemory).toBeLessThan(64);
    const again = await work(points.filter(({ at }) => at['task.maskRatio'] === 0.75));
    expect(again.results.map(({ values }) => values.stepMemory)).toEqual([most?.values.stepMemory]);
  });

  it('tells scores at other mask ratios, and how fine-tuning fits, where that is asked', async () => {
    const { results } = await work(
      sweepPoints(
        sweep({
          axes: [{ path: 'task.maskRatio', values: [0.5] }],
          measures: ['scores', 'finetune', 'fit'],
          baselines: [],
          testMaskRatios: [0.5, 0.75],
        }),
      ),
    );
    const [{ values }] = results as [SweepResult];
    // The ratio of training is asked twice, with the same masks.
    expect(values[scoreAt('maskedError', 0.5)]).toBe(values.maskedError);
    expect(values[scoreAt('maskedError', 0.75)]).not.toBe(values.maskedError);
    expect(values[fineTuningMetric('distance')]).toBeGreaterThan(0);
    expect(values[fineTuningMetric('generalisationGap')]).toBeTypeOf('number');
  });

  it('goes on with what is missing, to the same numbers', async () => {
    const points = sweepPoints(sweep({ measures: ['scores', 'knn'], baselines: [] }));
    const whole = await work(points);
    const [first] = whole.results;
    const rest = await work(points, new Set([first?.key ?? '']));
    expect(rest.results.map(numbers)).toEqual(whole.results.slice(1).map(numbers));
    expect(await work(points, new Set(points.map(pointKey)))).toMatchObject({ events: [] });
  });

  it('pretrains once for all sizes of the labelled set, whatever the order of the axes', async () => {
    const axes = [
      { path: 'supervised.labelsPerClass', values: [2, 4] },
      { path: 'task.maskRatio', values: [0.5, 0.75] },
    ];
    const { results, pretrained } = await work(sweepPoints(sweep({ axes, measures: ['knn'], baselines: [] })));
    expect(results).toHaveLength(4);
    expect(pretrained.size).toBe(2);
  });

  it('looks at one run on its way, where a run of its own would stand', async () => {
    const looked = await work(sweepPoints(sweep({ measures: ['scores'], baselines: [], checkpointsAt: [2, 4] })));
    expect(looked.results.map(({ step }) => step)).toEqual([2, 4, 2, 4]);
    expect(looked.pretrained.size).toBe(2);
    const end = await work(sweepPoints(sweep({ measures: ['scores'], baselines: [] })));
    expect(looked.results[1]?.values).toEqual(end.results[0]?.values);
    expect(looked.results[0]?.values).not.toEqual(end.results[0]?.values);
  });

  it('works through several plans, each with samples of its own, and measures a point of two once', async () => {
    const asked = (values: number[]) =>
      sweepPoints(sweep({ axes: [{ path: 'task.maskRatio', values }], measures: ['knn'], baselines: [] }));
    const plans = [
      { points: asked([0.5]), testSamples: 16 },
      { points: asked([0.5, 0.75]), testSamples: 8 },
    ];
    const { events, results } = await workThrough(plans);
    expect(results.map(({ at }) => at['task.maskRatio'])).toEqual([0.5, 0.75]);
    const [outlook] = events.flatMap((event) => (event.type === 'outlook' ? [event.outlook] : []));
    expect(outlook?.seconds).toHaveLength(2);
    expect(results[1]?.values).toEqual((await workThrough(plans.slice(1))).results[1]?.values);
    // Of eight samples an accuracy is an eighth, or several.
    expect(((results[1]?.values.knn ?? Number.NaN) * 8) % 1).toBe(0);
  });

  it('refuses missing labels before it trains anything', async () => {
    const { labels: _train, ...train } = dataset.train as Dataset['train'] & { labels?: unknown };
    const bare = { ...dataset, train: { ...train, classes: [] } } as Dataset;
    await expect(work(sweepPoints(sweep({})), undefined, bare)).rejects.toThrow(/label/);
  });
});
