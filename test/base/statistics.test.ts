import { expect, it } from 'vitest';
import { median } from '../../src/base/statistics.ts';

it('is the middle value, or the mean of the middle two', () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([10, 2, 4, 3])).toBe(3.5);
  expect(median([])).toBeNull();
});
