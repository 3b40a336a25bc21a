import { expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src/trainer/reports.ts';
import { explorerLabel, explorerSeries } from '../../../src/ui/charts/explorer.ts';

const latest: EvaluationReport = {
  step: 200,
  scores: {},
  etaCurve: [
    { eta: 0, value: 0.4, step: 200 },
    { eta: 0.5, value: 0.2, step: 150 },
  ],
  uniformDistance: 2,
};

it('draws points of an earlier round more faintly', () => {
  const [series] = explorerSeries('positionAccuracy', latest, null);
  expect(series.points).toEqual([
    { x: 0, y: 0.4 },
    { x: 0.5, y: 0.2 },
  ]);
  expect([0, 1].map((index) => series.dots?.faint(index))).toEqual([false, true]);
});

it('keeps the last run behind this one, unless it measured something else', () => {
  const previous = { metric: 'positionAccuracy', points: [{ eta: 0, value: 0.1, step: 9 }] } as const;
  const names = explorerSeries('positionAccuracy', latest, previous).map(({ name, tone }) => `${name}: ${tone}`);
  expect(names).toEqual(['last run: faint', 'this run: strong']);
  expect(explorerSeries('maskedError', latest, previous).map(({ name }) => name)).toEqual(['this run']);
});

it('can be heard', () => {
  expect(explorerLabel('positionAccuracy', latest)).toBe('Position accuracy against test mask ratio: 40.0 % at 0, 20.0 % at 0.5');
  expect(explorerLabel('maskedError', latest)).toContain('0.400 at 0');
  expect(explorerLabel('loss', null)).toContain('not measured yet');
});
