import { expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src/trainer/reports.ts';
import { explorerLabel, explorerSeries } from '../../../src/ui/charts/explorer.ts';

const latest: EvaluationReport = {
  step: 200,
  scores: {},
  pictures: 0,
  errors: {},
  maskRatioCurve: [
    { maskRatio: 0, value: 0.4, step: 200 },
    { maskRatio: 0.5, value: 0.2, step: 150 },
  ],
  uniformDistance: 2,
};

it('joins points of one step only, and draws those of earlier ones apart, with their step', () => {
  expect(explorerSeries('positionAccuracy', latest, null)).toEqual([
    { name: 'step 150', tone: 'quiet', points: [{ x: 0.5, y: 0.2, note: 'step 150' }], dots: 'hollow' },
    { name: 'step 200', tone: 'strong', points: [{ x: 0, y: 0.4 }], dots: 'filled' },
  ]);
});

it('has one line once all points are of one step', () => {
  const whole = { ...latest, maskRatioCurve: latest.maskRatioCurve.map((point) => ({ ...point, step: 200 })) };
  expect(explorerSeries('positionAccuracy', whole, null).map(({ dots, points }) => [dots, points.length])).toEqual([
    ['filled', 2],
  ]);
});

it('keeps the last run behind this one, unless it measured something else', () => {
  const previous = { metric: 'positionAccuracy', points: [{ maskRatio: 0, value: 0.1, step: 9 }] } as const;
  const names = explorerSeries('positionAccuracy', latest, previous).map(({ name, tone }) => `${name}: ${tone}`);
  expect(names).toEqual(['last run: faint', 'step 150: quiet', 'step 200: strong']);
  expect(explorerSeries('maskedError', latest, previous).map(({ name }) => name)).toEqual(['step 150', 'step 200']);
});

it('can be heard', () => {
  expect(explorerLabel('positionAccuracy', 'Position accuracy', latest)).toBe(
    'Position accuracy against test mask ratio at step 200: 40.0 % at 0; at step 150: 20.0 % at 0.5',
  );
  expect(explorerLabel('maskedError', 'Error on removed pieces', latest)).toMatch(
    /^Error on removed pieces against.*0\.400 at 0/,
  );
  expect(explorerLabel('loss', 'Loss', null)).toContain('not measured yet');
});

it('draws what was measured beside the points as dashed lines of their own, and says it', () => {
  const point = (maskRatio: number, value: number, level: number) => ({
    ...{ maskRatio, value, step: 200 },
    references: { 'both neighbours': level },
  });
  const words = { ...latest, maskRatioCurve: [point(0.1, 0.7, 0.6), point(0.5, 0.4, 0.3)] };
  const [line, curve] = explorerSeries('maskedWordAccuracy', words, null);
  expect(line).toMatchObject({ name: 'both neighbours', tone: 'faint', hue: { dash: '4 3' } });
  expect(line.points).toEqual([
    { x: 0.1, y: 0.6 },
    { x: 0.5, y: 0.3 },
  ]);
  expect(curve.name).toBe('step 200');
  expect(explorerLabel('maskedWordAccuracy', 'Masked words right', words)).toMatch(
    /; both neighbours: 60\.0 % at 0\.1, 30\.0 % at 0\.5$/,
  );
});
