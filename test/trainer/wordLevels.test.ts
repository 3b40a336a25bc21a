/** Levels of n-grams beside every number of a model that guesses words. */
import { beforeAll, expect, it } from 'vitest';
import { startingRun } from '../../src/config/presets.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { selectSamples } from '../../src/data/samples.ts';
import { Observer } from '../../src/trainer/observer.ts';
import type { EvaluationReport } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import { formWith } from '../formWith.ts';
import { startWasm } from '../tinyRun.ts';

beforeAll(startWasm);

const NAMES = ['most frequent', 'left neighbour', 'both neighbours', 'two on each side'];

it('are measured on the same masks, at every test ratio', { timeout: 60_000 }, async () => {
  const { name, train, heldOut } = await builtInDataset('tales', formWith(), 1);
  const few = (set: typeof train, count: number) => selectSamples(set, [...Array(count).keys()]);
  const dataset = { name, train: few(train, 80), heldOut: few(heldOut, 8), heldOutIsTrain: false };
  const start = startingRun({ dataset: 'tales', modality: 'picture' }, 'simmim');
  const run = new Run({ ...start, model: { width: 16, depth: 1, heads: 1, dropPath: 0 } }, dataset);
  const observer = new Observer(run);
  const measured = async (): Promise<EvaluationReport | undefined> => {
    let last: EvaluationReport | undefined;
    for await (const report of observer.evaluate(true)) last = report ?? last;
    return last;
  };
  const first = await measured();
  const references = first?.references;
  expect(Object.keys(references ?? {})).toEqual(NAMES);
  // A run that rests is not measured again by itself.
  for (const point of first?.maskRatioCurve ?? []) expect(Object.keys(point.references ?? {})).toEqual(NAMES);
  const again = await measured();
  expect(again?.references).toEqual(references);
  const curve = again?.maskRatioCurve ?? [];
  expect(curve.length).toBeGreaterThan(5);
  for (const point of curve) expect(Object.keys(point.references ?? {})).toEqual(NAMES);
  // The more is hidden, the less do neighbours tell.
  const both = curve.map(({ references: own }) => own?.['both neighbours'] ?? 0);
  expect(both[0]).toBeGreaterThan(both.at(-1) ?? 1);
  run.dispose();
});
