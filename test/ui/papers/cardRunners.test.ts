import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { FigureCard } from '../../../src/config/figures/card.ts';
import { cardOf } from '../../../src/config/figures/cards.ts';
import { RESULTS_VERSION } from '../../../src/config/resultsVersion.ts';
import { pointKey } from '../../../src/config/sweep/points.ts';
import { figureLines } from '../../../src/metrics/figureLines.ts';
import type { SweepResult } from '../../../src/trainer/sweep/plan.ts';
import { formOn, partValues } from '../../../src/ui/papers/cardPoints.ts';
import { runCard } from '../../../src/ui/papers/cardRunners.ts';
import { firstState, useApp } from '../../../src/ui/store/store.ts';
import type { SweepCommand, SweepWorkerEvent } from '../../../src/worker/sweepProtocol.ts';
import { FakeWorker } from '../fakes.ts';

const card = cardOf('mae-mask-ratio') as FigureCard;
const asked = { card: card.id, size: 'quick', files: false } as const;

let workers: FakeWorker<SweepCommand, SweepWorkerEvent>[];
/** What the visitor's files are, in turn. */
let brought: { name: string; fingerprint: string }[];
const readAgain = vi.fn();

function start() {
  return runCard(card, {
    app: useApp,
    controller: { commands: { pause: vi.fn(), train: vi.fn() }, experiment: { own: { readAgain } } } as never,
    start: () => {
      const worker = new FakeWorker<SweepCommand, SweepWorkerEvent>();
      workers.push(worker);
      return { ...worker.channel(), end: () => {} };
    },
  });
}

const newest = () => workers.at(-1) as (typeof workers)[number];
const sent = (): SweepCommand => newest().take()[0] as SweepCommand;

/** What the worker would say of the point at a mask ratio. */
function resultAt({ plans }: SweepCommand, ratio: number, linear: number): SweepResult {
  const point = plans.flatMap(({ points }) => points).find(({ at }) => at['task.maskRatio'] === ratio);
  if (point === undefined) throw new Error('no such point');
  const { at, seed } = point;
  return { key: pointKey(point), version: RESULTS_VERSION, at, seed, values: { linear }, seconds: 3 };
}

beforeEach(() => {
  workers = [];
  brought = [];
  readAgain.mockReset().mockImplementation((_, told) => {
    const files = brought.shift();
    told(files === undefined ? null : { ...files, parcel: { port: {} } });
  });
  useApp.setState(firstState(), true);
});

describe('a card', () => {
  it('runs in the study’s worker, keeps what is finished over a pause, and goes on behind it', () => {
    const { runner, use } = start();
    runner.begin(asked);
    const command = sent();
    expect(command).toMatchObject({ type: 'sweep', known: [], plans: [{ testSamples: card.sizes.quick.parts[0]?.testSamples }] });
    expect(useApp.getState().study.sweeping).toBe('Papers');
    const result = resultAt(command, 0.75, 0.5);
    newest().says({ type: 'point', result });
    runner.pause();
    expect(use.getState().report).toMatchObject({ outcome: 'stopped', results: [result] });
    expect(useApp.getState().study.sweeping).toBeNull();
    runner.resume();
    expect(sent().known).toEqual([result.key]);
    const form = formOn(card, asked);
    const lines = figureLines(card, form, partValues(form, use.getState().report?.results ?? []));
    expect(lines['Linear probe']).toMatchObject([{ x: 0.75, mean: 0.5, seeds: [1] }]);
    expect(lines['Fine-tuned']).toEqual([]);
  });

  it('says how long it takes until it is over', () => {
    const { runner, use } = start();
    const finish = () => newest().says({ type: 'finished' });
    runner.estimate(asked);
    newest().says({ type: 'outlook', outlook: { seconds: [2, 3] } });
    finish();
    expect(use.getState()).toMatchObject({ report: null, estimate: { points: 2, seconds: 5 } });
    runner.begin(asked);
    newest().says({ type: 'outlook', outlook: { seconds: [2, 3] } });
    expect(use.getState().estimate).not.toBeNull();
    finish();
    expect(use.getState()).toMatchObject({ report: { outcome: 'finished' }, estimate: null });
  });

  it('lets others wait, and waits for others', () => {
    const { runner } = start();
    const other = start();
    runner.begin(asked);
    other.runner.begin(asked);
    expect(workers).toHaveLength(1);
  });

  it('learns from the visitor’s files only where that is asked, and never mixes numbers of two sets of them', () => {
    const { runner, use } = start();
    const onFiles = { ...asked, files: true };
    brought = [
      { name: 'My cats', fingerprint: 'a' },
      { name: 'My dogs', fingerprint: 'b' },
    ];
    runner.begin(onFiles);
    const command = sent();
    expect(command.plans[0]?.points.every((point) => (point.pretraining ?? point.withLabels)?.data.dataset === 'files')).toBe(
      true,
    );
    newest().says({ type: 'point', result: resultAt(command, 0.75, 0.5) });
    newest().says({ type: 'finished' });
    expect(use.getState().report).toMatchObject({ datasetName: 'My cats', results: [{}] });
    runner.begin(onFiles);
    expect(sent().known).toEqual([]);
    expect(use.getState().report).toMatchObject({ datasetName: 'My dogs', results: [] });
    runner.pause();
    // There are none any more, and people know why.
    runner.begin(onFiles);
    expect(use.getState().work).toBeNull();
  });
});
