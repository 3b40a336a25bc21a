import { expect, it } from 'vitest';
import { cellDistances } from '../../src/metrics/cellDistances.ts';

const fromFirst = (grid: readonly number[], cells: number) => [...cellDistances(grid).subarray(0, cells)];

it('counts cells along a line', () => {
  expect([...cellDistances([3])]).toEqual([0, 1, 2, 1, 0, 1, 2, 1, 0]);
});

it('goes straight over a grid in raster order, whatever its sides', () => {
  const diagonal = Math.SQRT2;
  const knight = Math.sqrt(5);
  expect(fromFirst([2, 2], 4)).toEqual([0, 1, 1, diagonal]);
  expect(fromFirst([2, 3], 6)).toEqual([0, 1, 2, 1, diagonal, knight]);
  expect(fromFirst([3, 2], 6)).toEqual([0, 1, 1, diagonal, 2, knight]);
  // One row is a line.
  expect(cellDistances([1, 5])).toEqual(cellDistances([5]));
  expect(cellDistances([5, 1])).toEqual(cellDistances([5]));
});
