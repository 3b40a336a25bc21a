import { describe, expect, it } from 'vitest';
import { PERCENT_AXIS, stepAxis, valueAxis } from '../../../src/ui/charts/axes.ts';
import type { Reference, Series } from '../../../src/ui/charts/types.ts';

const line = (...values: number[]): Series => ({ name: 'train', tone: 'quiet', points: values.map((y, x) => ({ x, y })) });
const level = (y: number): Reference => ({ name: 'chance', y, value: String(y) });

describe('the step axis', () => {
  it('ends where the run is, and is never too short to see', () => {
    expect(stepAxis({ last: 480 }).domain).toEqual([0, 500]);
    expect(stepAxis({ last: 0 }).domain).toEqual([0, 50]);
  });
});

describe('the upright axis', () => {
  it('is the whole of 0 to 100 % for shares', () => {
    expect(valueAxis({ metric: 'accuracy' }, [line(0.1)], [])).toBe(PERCENT_AXIS);
  });

  it.each([0.979, 1, Math.log(4), Math.log(16), Math.log(256)])('keeps a level of %f inside, with few ticks', (y) => {
    const { domain, ticks } = valueAxis({ metric: 'loss' }, [line(9 * y, y / 2)], [level(y)]);
    expect(domain[1]).toBeGreaterThan(y);
    expect(domain[1]).toBeLessThan(2 * y);
    expect(ticks[0]).toBe(0);
    expect(ticks.at(-1)).toBe(domain[1]);
    expect(ticks.length).toBeLessThanOrEqual(7);
  });

  it('is not stretched by a first spike, and never cuts off where a line is now', () => {
    expect(valueAxis({ metric: 'distillation' }, [line(500, 10, 9, 8, 8, 7)], []).domain[1]).toBeLessThan(50);
    expect(valueAxis({ metric: 'perDimension' }, [line(0.5, 4)], [level(1)]).domain[1]).toBeGreaterThanOrEqual(4);
  });

  it('reaches below 0 when a line does', () => {
    expect(valueAxis({ metric: 'distance' }, [line(-0.2, 0.4)], []).domain[0]).toBeLessThanOrEqual(-0.2);
  });

  it.each<[number[], [number, number]]>([
    [
      [0.2, 0.7],
      [0, 1],
    ],
    [[-0.004], [-0.25, 1]],
    [
      [-1, 1],
      [-1, 1],
    ],
    [[], [0, 1]],
  ])('is the whole of 0 to 1 for a cosine, and below where it must: %j', (values, domain) => {
    const axis = valueAxis({ metric: 'cosine' }, [line(...values)], []);
    expect(axis.domain).toEqual(domain);
    expect([axis.ticks[0], axis.ticks.at(-1)]).toEqual(domain);
  });

  it.each([[-0.003], [-0.9, -1e-9], [-0.003, 0.7], [-250], [0]])('has few ticks around 0 for a line at %j', (...values) => {
    const { domain, ticks } = valueAxis({ metric: 'distance' }, [line(...values)], []);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(domain[0]).toBeLessThanOrEqual(Math.min(0, ...values));
    expect(domain[1]).toBeGreaterThanOrEqual(Math.max(0, ...values));
    expect(domain[0]).toBeLessThan(domain[1]);
  });

  it('names its ticks apart', () => {
    for (const values of [[0.003], [0.12], [1.1], [48], [1234]]) {
      const { ticks, format } = valueAxis({ metric: 'distance' }, [line(...values)], []);
      expect(new Set(ticks.map(format)).size).toBe(ticks.length);
    }
  });

  it('is there before anything is measured', () => {
    const { domain, ticks } = valueAxis({ metric: 'distance' }, [], []);
    expect(domain).toEqual([0, 1]);
    expect(ticks.length).toBeGreaterThan(1);
  });
});
