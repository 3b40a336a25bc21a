import { expect, it } from 'vitest';
import { confusionShades, confusionSummary, readConfusion } from '../../../src/ui/canvas/confusion.ts';

// prettier-ignore
const counts = Uint32Array.of(9, 1, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1);

it('shades each row by its own shares', () => {
  const shades = confusionShades(counts);
  expect(shades[0]).toBeCloseTo(Math.sqrt(0.9));
  expect(shades[5]).toBe(1);
  expect([...shades.subarray(8, 12)]).toEqual([0, 0, 0, 0]);
  expect(shades[12]).toBeCloseTo(0.5);
});

it('reads one cell', () => {
  expect(readConfusion(counts, 1)).toEqual({ truth: 0, predicted: 1, count: 1, share: 0.1 });
  expect(readConfusion(counts, 10)).toEqual({ truth: 2, predicted: 2, count: 0, share: 0 });
});

it('says in words how much lies on the diagonal', () => {
  expect(confusionSummary('Class confusion', 'pictures', counts)).toContain('77.8 %');
  expect(confusionSummary('Class confusion', 'pictures', null)).toContain('not measured yet');
});
