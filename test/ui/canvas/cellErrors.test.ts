import { expect, it } from 'vitest';
import { cellErrorShades, errorRange } from '../../../src/ui/canvas/cellErrors.ts';

const errors = Float32Array.of(0.5, Number.NaN, 0.75, 0.25);

it('finds the easiest and the hardest cell among those that were measured', () => {
  expect(errorRange(errors)).toEqual({ least: 0.25, leastCell: 3, most: 0.75, mostCell: 2 });
  expect(errorRange(Float32Array.of(Number.NaN))).toBeNull();
});

it('shades from the least to the largest error, cells without a number not at all', () => {
  const shades = cellErrorShades(errors);
  expect(shades[2]).toBe(1);
  expect(shades[1]).toBe(0);
  expect(shades[3]).toBeGreaterThan(0);
  expect(shades[0]).toBeGreaterThan(shades[3]);
  expect([...cellErrorShades(Float32Array.of(0.5, 0.5))].every((shade) => shade > 0 && shade < 1)).toBe(true);
});
