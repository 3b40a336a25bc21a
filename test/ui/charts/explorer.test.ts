import { expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src/trainer/reports.ts';
import { explorerLabel, explorerSeries } from '../../../src/ui/charts/explorer.ts';

const latest = {
  step: 200,
  etaCurve: [
    { eta: 0, accuracy: 0.4, step: 200 },
    { eta: 0.5, accuracy: 0.2, step: 150 },
  ],
} as EvaluationReport;

it('draws points of an earlier round more faintly', () => {
  const [series] = explorerSeries(latest, []);
  expect(series.points).toEqual([
    { x: 0, y: 0.4 },
    { x: 0.5, y: 0.2 },
  ]);
  expect([0, 1].map((index) => series.dots?.faint(index))).toEqual([false, true]);
});

it('keeps the last run behind this one', () => {
  const names = explorerSeries(latest, [{ eta: 0, accuracy: 0.1, step: 9 }]).map(({ name, tone }) => `${name}: ${tone}`);
  expect(names).toEqual(['last run: faint', 'this run: strong']);
});

it('can be heard', () => {
  expect(explorerLabel(latest)).toBe('Accuracy against test mask ratio: 40.0 % at 0, 20.0 % at 0.5');
  expect(explorerLabel(null)).toContain('not measured yet');
});
