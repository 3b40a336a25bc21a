/** What is measured of a run is of all its classes, and of one time. */
import { beforeAll, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import type { Dataset } from '../../src/data/samples.ts';
import { EXPLORER_MASK_RATIOS, Observer } from '../../src/trainer/observer.ts';
import type { EvaluationReport } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampPictures, startWasm, tinyConfig } from '../tinyRun.ts';

const CLASSES = 5;

beforeAll(startWasm);

/** Sorted by class, as files in folders are. */
function sorted(count: number, seed: number): PictureSet {
  const labels = Uint16Array.from({ length: count }, (_, i) => Math.floor((i * CLASSES) / count));
  return { ...rampPictures(count, seed), labels, classes: ['daisy', 'dandelion', 'rose', 'sunflower', 'tulip'] };
}

const DATA: Dataset = { name: 'Sorted', train: sorted(40, 1), heldOut: sorted(432, 2), heldOutIsTrain: false };

async function whole(observer: Observer, all = true): Promise<EvaluationReport> {
  let last: EvaluationReport | undefined;
  for await (const report of observer.evaluate(all)) last = report ?? last;
  if (last === undefined) throw new Error('nothing was measured');
  return last;
}

it('tests all classes in proportion, and says how many pictures that was and how sure it is', async () => {
  const start = tinyConfig();
  const run = new Run({ ...withObjective(start, 'supervised'), model: start.model, optimiser: start.optimiser }, DATA);
  const report = await whole(new Observer(run));
  const { counts, side } = report.confusion ?? { counts: new Uint32Array(), side: 0 };
  const rows = Array.from({ length: side }, (_, row) => counts.subarray(row * side, (row + 1) * side).reduce((a, b) => a + b, 0));
  expect(rows.reduce((a, b) => a + b, 0)).toBe(256);
  for (const row of rows) expect(Math.abs(row - 256 / CLASSES)).toBeLessThanOrEqual(1.5);
  expect(report.pictures).toBe(256);
  const { accuracy = Number.NaN } = report.scores;
  expect(report.errors.accuracy).toBeCloseTo(Math.sqrt((accuracy * (1 - accuracy)) / 256), 6);
  run.dispose();
});

it('measures the explorer and attention at one step once the run rests', async () => {
  const run = new Run(tinyConfig(), DATA);
  const observer = new Observer(run);
  await whole(observer, false);
  await run.step();
  const resting = await whole(observer);
  expect(resting.maskRatioCurve.map(({ maskRatio }) => maskRatio)).toEqual([...EXPLORER_MASK_RATIOS]);
  expect(new Set(resting.maskRatioCurve.map(({ step }) => step))).toEqual(new Set([1]));
  expect([resting.step, resting.attentionStep]).toEqual([1, 1]);
  // While it trains a round is a part of them, and each says its step.
  await run.step();
  const training = await whole(observer, false);
  expect(new Set(training.maskRatioCurve.map(({ step }) => step))).toEqual(new Set([1, 2]));
  observer.dispose();
  run.dispose();
});

it('takes the error of position accuracy over pictures, whose patches are not independent', async () => {
  const run = new Run(tinyConfig(), DATA);
  const { positionScores } = await import('../../src/trainer/puzzles.ts');
  const one = async (picture: number) => (await drainAll(positionScores(run, DATA.heldOut, [picture], 0))).accuracy;
  const shares = [await one(3), await one(200), await one(400)];
  const { accuracy, errors } = await drainAll(positionScores(run, DATA.heldOut, [3, 200, 400], 0));
  const mean = shares.reduce((a, b) => a + b, 0) / 3;
  expect(accuracy).toBeCloseTo(mean, 6);
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 2;
  expect(errors.accuracy).toBeCloseTo(Math.sqrt(variance / 3), 6);
  run.dispose();
});

async function drainAll<T>(work: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
  }
}

it('has every point of the explorer long before the content-only floor, which is a training of its own', async () => {
  const run = new Run(tinyConfig(), DATA);
  const observer = new Observer(run);
  let pieces = 0;
  let complete = 0;
  for await (const report of observer.evaluate(false)) {
    // The run trains on meanwhile, as it does in the page.
    if (++pieces % 16 === 0) await run.step();
    if (complete === 0 && report?.maskRatioCurve.length === EXPLORER_MASK_RATIOS.length) complete = pieces;
    if (report?.references !== undefined) break;
  }
  expect(complete).toBeGreaterThan(0);
  expect(complete).toBeLessThan(pieces / 2);
  observer.dispose();
  run.dispose();
});
