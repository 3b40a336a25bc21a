import { describe, expect, it } from 'vitest';
import { beyond, corners, type Spot, spotsOf, thinned } from '../../../src/ui/charts/lines.ts';
import { plotOf, scaleOf } from '../../../src/ui/charts/plot.ts';

const plot = plotOf({ width: 344, height: 130 }, 100);
const format = String;
const spots = (...places: [number, number][]): Spot[] => places.map(([x, y]) => ({ x, y, point: { x, y } }));

describe('the plot', () => {
  it('leaves room for numbers and names, and never turns inside out', () => {
    expect(plot).toEqual({ left: 44, right: 244, top: 8, bottom: 108 });
    const none = plotOf({ width: 20, height: 10 }, 100);
    expect(none.right).toBeGreaterThan(none.left);
    expect(none.bottom).toBeGreaterThan(none.top);
  });

  it('places numbers, and finds them again', () => {
    const toX = scaleOf({ domain: [0, 400], ticks: [], format }, plot.left, plot.right);
    expect(toX(200)).toBe(144);
    expect(toX.invert(144)).toBe(200);
    const toY = scaleOf({ domain: [0.1, 10], ticks: [], format, log: true }, plot.bottom, plot.top);
    expect(toY(1)).toBeCloseTo(58);
    expect(toY.invert(58)).toBeCloseTo(1);
    expect([0, -1, Number.NaN].map(toY)).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it('has no place for what is not above 0 on a logarithmic axis', () => {
    const toX = scaleOf({ domain: [0, 2], ticks: [], format }, plot.left, plot.right);
    const toY = scaleOf({ domain: [0.1, 10], ticks: [], format, log: true }, plot.bottom, plot.top);
    const points = [3, 0, 1].map((y, x) => ({ x, y }));
    expect(spotsOf(points, toX, toY).map(({ point }) => point.x)).toEqual([0, 2]);
  });
});

describe('a line', () => {
  it('keeps the first, lowest, highest and last point of each column of pixels', () => {
    const column = spots([0.1, 5], [0.2, 9], [0.3, 7], [0.4, 1], [0.5, 4], [0.9, 6], [1.2, 3]);
    expect(thinned(column).map(({ y }) => y)).toEqual([5, 9, 1, 6, 3]);
  });

  it('has at most four corners a column, however many points there are', () => {
    const many = Array.from({ length: 10_000 }, (_, i) => [i / 100, Math.sin(i)] as [number, number]);
    expect(thinned(spots(...many)).length).toBeLessThanOrEqual(400);
    expect(thinned([])).toEqual([]);
    expect(corners(spots([1, 2], [3, 4.56]))).toBe('1.0,2.0 3.0,4.6');
  });

  it('has one sign for each stretch outside, where it is farthest', () => {
    const signs = beyond(spots([50, 20], [60, -30], [70, -90], [80, 50], [90, 400]), plot);
    expect(signs.map(({ x, side }) => [x, side])).toEqual([
      [70, 'above'],
      [90, 'below'],
    ]);
    expect(beyond(spots([50, 8], [60, 108]), plot)).toEqual([]);
  });
});
