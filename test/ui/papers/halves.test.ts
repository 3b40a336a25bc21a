import { expect, it } from 'vitest';
import { halves } from '../../../src/ui/papers/halves.ts';

const rows = (entry: number): number => entry;

it('parts entries in the middle of their rows, between two of them', () => {
  expect(halves([4, 4, 4, 5, 5], rows)).toEqual([
    [4, 4, 4],
    [5, 5],
  ]);
  expect(halves([10, 1, 1], rows)).toEqual([[10], [1, 1]]);
});

it('has the longer part first where both are as even', () => {
  expect(halves([1, 1, 1, 1, 1], rows)).toEqual([
    [1, 1, 1],
    [1, 1],
  ]);
});

it('leaves one entry whole', () => {
  expect(halves([7], rows)).toEqual([[7]]);
  expect(halves([], rows)).toEqual([[]]);
});
