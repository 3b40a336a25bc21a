import { beforeEach, describe, expect, it, vi } from 'vitest';
import { presetRun } from '../../../../src/config/presets.ts';
import { RESULTS_VERSION } from '../../../../src/config/resultsVersion.ts';
import { pointKey, sweepPoints } from '../../../../src/config/sweep/points.ts';
import type { SweepResult } from '../../../../src/trainer/sweep/plan.ts';
import { SweepController } from '../../../../src/ui/compare/sweep/sweepController.ts';
import { NO_SWEEP, useSweep } from '../../../../src/ui/compare/sweep/sweepStore.ts';
import { chartOf, rowsOf } from '../../../../src/ui/compare/sweep/sweepView.ts';
import { firstState, useApp } from '../../../../src/ui/store/store.ts';
import { FIRST_SWEEP, sweepOf } from '../../../../src/ui/study/sweepChoice.ts';
import type { SweepCommand, SweepWorkerEvent } from '../../../../src/worker/sweepProtocol.ts';
import { FakeWorker } from '../../fakes.ts';

const sweep = sweepOf({ ...FIRST_SWEEP, values: '0.5, 0.75', seeds: 2 }, presetRun('mae-scenes'));
const points = sweepPoints(sweep);
const result = (index: number, linear: number, version = RESULTS_VERSION): SweepResult => {
  const point = points[index] as (typeof points)[number];
  const { at, baseline, seed } = point;
  return { key: pointKey(point), version, at, ...(baseline && { baseline }), seed, values: { linear }, seconds: 10 };
};

let workers: FakeWorker<SweepCommand, SweepWorkerEvent>[];
let ended: number;
const controller = { commands: { pause: vi.fn(), train: vi.fn() }, experiment: {} };

function start(): SweepController {
  return new SweepController({
    app: useApp,
    sweeps: useSweep,
    controller: controller as never,
    start: () => {
      const worker = new FakeWorker<SweepCommand, SweepWorkerEvent>();
      workers.push(worker);
      return { ...worker.channel(), end: () => void ended++ };
    },
  });
}

const newest = () => workers.at(-1) as (typeof workers)[number];
const progress = (done: number, index: number): SweepWorkerEvent => ({
  type: 'progress',
  progress: {
    done,
    total: points.length,
    key: pointKey(points[index] as (typeof points)[number]),
    doing: 'pretraining',
    share: 0.5,
  },
});

beforeEach(() => {
  workers = [];
  ended = 0;
  useApp.setState(firstState(), true);
  useSweep.setState(NO_SWEEP, true);
});

describe('a sweep on the page', () => {
  it('keeps finished points over a pause, and goes on behind them', () => {
    const sweeps = start();
    sweeps.begin(sweep);
    expect(newest().take()).toMatchObject([
      { type: 'sweep', known: [], estimateOnly: false, plans: [{ points: { length: 6 } }] },
    ]);
    expect(useApp.getState().study.sweeping).toBe('Compare');
    newest().says({ type: 'opened', device: 'here' });
    newest().says({ type: 'outlook', outlook: { seconds: [2, 10, 10, 2, 10, 10] } });
    expect(useSweep.getState().estimate).toEqual({ seconds: 44, points: 6 });
    newest().says({ type: 'point', result: result(0, 0.3) });
    newest().says(progress(1, 1));
    sweeps.pause();
    expect(ended).toBe(1);
    expect(useApp.getState().study.sweeping).toBeNull();
    expect(useSweep.getState()).toMatchObject({
      work: null,
      report: { outcome: 'stopped', results: [{ values: { linear: 0.3 } }] },
    });
    sweeps.resume();
    expect(newest().take()).toMatchObject([{ known: [result(0, 0).key] }]);
    expect(useSweep.getState().report?.results).toHaveLength(1);
    newest().says({ type: 'finished' });
    expect(useSweep.getState().report?.outcome).toBe('finished');
  });

  it('leaves a point out that somebody skips', () => {
    const sweeps = start();
    sweeps.begin(sweep);
    newest().says({ type: 'point', result: result(0, 0.3) });
    newest().says(progress(1, 1));
    sweeps.skip();
    const skipped = pointKey(points[1] as (typeof points)[number]);
    expect(newest().take()).toMatchObject([{ known: [result(0, 0).key, skipped] }]);
    expect(useSweep.getState().report?.skipped).toEqual([skipped]);
  });

  it('measures nothing where only the time is asked for', () => {
    const sweeps = start();
    sweeps.estimate(sweep);
    expect(newest().take()).toMatchObject([{ estimateOnly: true }]);
    newest().says({ type: 'outlook', outlook: { seconds: [1, 2] } });
    newest().says({ type: 'finished' });
    expect(useSweep.getState()).toMatchObject({ report: null, work: null, estimate: { seconds: 3, points: 2 } });
  });

  it('says what is wrong before it starts a worker, and while nothing is measured yet', () => {
    const sweeps = start();
    sweeps.begin({ ...sweep, axes: [{ path: 'task.maskRatio', values: [0.5, 0.5] }] });
    expect(workers).toEqual([]);
    expect(useSweep.getState().problems).toMatchObject([{ at: 'axes', message: expect.stringMatching(/twice/) }]);
    sweeps.begin(sweep);
    newest().says({ type: 'error', error: { name: 'BadDataError', message: 'No labels.' } });
    expect(useSweep.getState()).toMatchObject({ work: null, problems: [{ at: 'labels', message: 'No labels.' }] });
  });

  it('waits for other measurements', () => {
    useApp.setState((state) => ({ study: { ...state.study, measuring: true } }));
    start().begin(sweep);
    expect(workers).toEqual([]);
  });
});

describe('its chart', () => {
  it('has a mean and a spread over seeds, a dashed level, and nothing of another version', () => {
    const sweeps = start();
    sweeps.begin(sweep);
    for (const one of [result(0, 0.2), result(1, 0.4), result(2, 0.5), result(3, 0.3), result(4, 0.6), result(2, 0.9, 0)])
      newest().says({ type: 'point', result: one });
    const { report } = useSweep.getState();
    const rows = report === null ? [] : rowsOf(report);
    const chart = report && chartOf(report, rows, 'linear');
    const [baseline, line] = chart?.series ?? [];
    expect(baseline).toMatchObject({ name: 'Random, frozen', hue: { dash: '2 3' }, points: [{ y: 0.25 }, { y: 0.25 }] });
    expect(line?.points).toEqual([
      { x: 0.5, y: 0.5, spread: expect.closeTo(0.1414, 3) },
      { x: 0.75, y: 0.5 },
    ]);
    expect(rows.filter(({ version }) => version === 0)).toHaveLength(1);
    expect(chart?.y.domain[1]).toBeGreaterThanOrEqual(0.64);
  });
});
