import { expect, it } from 'vitest';
import { meanOver, median } from '../../src/base/statistics.ts';

it('is the middle value, or the mean of the middle two', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([10, 2, 4, 3])).toBe(3.5);
  expect(median([])).toBeNull();
});

it('takes a mean over what members hold, not over members, with the error of a quotient', () => {
  const parts = [
    { sum: 1, count: 1 },
    { sum: 2, count: 7 },
  ];
  const { value, error } = meanOver(parts);
  expect(value).toBeCloseTo(3 / 8, 12);
  // Residuals of 5 / 8 over a mean of 4.
  expect(error).toBeCloseTo(5 / 8 / 4, 12);
  // Where all hold as many it is the mean of their shares.
  const alike = meanOver([1, 3, 2].map((sum) => ({ sum, count: 4 })));
  expect(alike.value).toBeCloseTo(0.5, 12);
  expect(alike.error).toBeCloseTo(0.25 / Math.sqrt(3), 12);
  expect(meanOver([]).value).toBeNaN();
});
