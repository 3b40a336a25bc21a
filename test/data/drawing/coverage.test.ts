import { describe, expect, test } from 'vitest';
import { Coverage, type Matrix } from '../../../src/data/drawing/coverage.ts';
import { box, circle, polygon, ring, type Shape, stroke, union } from '../../../src/data/drawing/shapes.ts';

const SIZE = 16;
const PIXELS: Matrix = { xx: 1, xy: 0, x0: 0, yx: 0, yy: 1, y0: 0 };
const MIRRORED: Matrix = { xx: -1, xy: 0, x0: SIZE, yx: 0, yy: 1, y0: 0 };

/** Coverage of all pixels, (SIZE, SIZE). */
function coverageOf(shape: Shape, toPixels = PIXELS): Float64Array {
  const coverage = Coverage.ofSize(SIZE);
  const all = new Float64Array(SIZE * SIZE);
  if (!coverage.trace(shape, toPixels)) return all;
  const { left, top, right, bottom } = coverage;
  for (let row = top; row < bottom; row++) all.set(coverage.row(row).subarray(left, right), row * SIZE + left);
  return all;
}

function areaOf(shape: Shape, toPixels = PIXELS): number {
  return coverageOf(shape, toPixels).reduce((sum, cover) => sum + cover, 0);
}

describe('coverage', () => {
  test('is the exact share of each pixel of a box', () => {
    const cover = coverageOf(box(2.25, 3.5, 5.5, 4.25));
    const row = (y: number) => [...cover.subarray(y * SIZE + 1, y * SIZE + 7)];
    expect(row(3)).toEqual([0, 0.375, 0.5, 0.5, 0.25, 0]);
    expect(row(4)).toEqual([0, 0.1875, 0.25, 0.25, 0.125, 0]);
    expect(row(5)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('is exact for slanting edges, flat and steep', () => {
    expect(areaOf(polygon([1, 2, 15, 3.3, 4, 13]))).toBeCloseTo(0.5 * Math.abs(14 * 11 - 3 * 1.3), 9);
    expect(areaOf(polygon([1.5, 14, 2.25, 1, 3.5, 14]))).toBeCloseTo(13, 9);
  });

  test.each([
    [8, 8, 5],
    [8.3, 7.1, 1.2],
  ] as const)('sums up to the area of the circle at (%f, %f) of radius %f', (x, y, radius) => {
    expect(areaOf(circle(x, y, radius)) / (Math.PI * radius * radius)).toBeCloseTo(1, 1);
  });

  test('counts overlaps once and leaves holes open', () => {
    expect(areaOf(union(box(2, 2, 8, 8), box(5, 2, 10, 8)))).toBeCloseTo(48, 9);
    expect(areaOf(ring(8, 8, 6, 6, 0.5))).toBeCloseTo(areaOf(circle(8, 8, 6)) - areaOf(circle(8, 8, 3)), 9);
    expect(areaOf(ring(8, 8, 6, 6, 0.5, false))).toBeCloseTo(0.5 * areaOf(ring(8, 8, 6, 6, 0.5)), 9);
  });

  test('does not care which way round a single outline runs, nor about mirrors', () => {
    expect(areaOf(polygon([2, 2, 2, 9, 9, 9]))).toBeCloseTo(areaOf(polygon([9, 9, 2, 9, 2, 2])), 12);
    expect(areaOf(stroke(2, 2, 12, 9, 2, 4), MIRRORED)).toBeCloseTo(areaOf(stroke(2, 2, 12, 9, 2, 4)), 9);
  });

  test('cuts off what lies beyond the picture', () => {
    expect(areaOf(box(-9, -9, 40, 40))).toBe(SIZE * SIZE);
    expect(areaOf(box(-9, 4, 3, 6))).toBeCloseTo(6, 12);
    expect(areaOf(box(14, 4, 40, 6))).toBeCloseTo(4, 12);
    expect(areaOf(circle(-8, 8, 4))).toBe(0);
    expect(areaOf(circle(30, 8, 4))).toBe(0);
  });

  test('keeps nothing from one shape to the next', () => {
    const before = coverageOf(circle(8, 8, 5.3));
    for (const shape of [circle(-8, 8, 4), circle(30, 3, 4), circle(15.7, 0.2, 9), polygon([-50, -3, 60, 4, 3, 90])])
      coverageOf(shape);
    expect(coverageOf(circle(8, 8, 5.3))).toEqual(before);
  });

  test('takes shapes of many corners', () => {
    const many = union(...Array.from({ length: 60 }, () => circle(8, 8, 5)));
    expect(coverageOf(many)[8 * SIZE + 8]).toBe(1);
  });
});
