import { expect, it } from 'vitest';
import { thin } from '../../../src/ui/store/thin.ts';

const itself = (time: number): number => time;

it('keeps both ends, never more than the limit, and no part of the past much thinner than another', () => {
  let items: readonly number[] = [];
  for (let i = 0; i < 2000; i++) {
    items = thin([...items, i], 40, itself);
    expect(items.length).toBeLessThanOrEqual(40);
    expect(items[0]).toBe(0);
    expect(items.at(-1)).toBe(i);
  }
  const gaps = items.slice(1).map((time, i) => time - items[i]);
  expect(Math.min(...gaps)).toBeGreaterThan(0);
  expect(Math.max(...gaps)).toBeLessThanOrEqual((4 * 2000) / 40);
});

it('leaves a short history alone', () => {
  expect(thin([1, 2, 3], 3, itself)).toEqual([1, 2, 3]);
  expect(thin([], 3, itself)).toEqual([]);
});
