import { describe, expect, it } from 'vitest';
import { valueAxis } from '../../../src/ui/charts/axes.ts';
import { canBeLog, missingOnLog } from '../../../src/ui/charts/log.ts';
import type { Series } from '../../../src/ui/charts/types.ts';

const line = (...values: number[]): Series => ({ name: 'train', tone: 'quiet', points: values.map((y, x) => ({ x, y })) });
const level = (y: number) => ({ name: 'zeros', y, value: String(y) });

it('is there for numbers without ends, not for shares and cosines', () => {
  expect(canBeLog('loss')).toBe(true);
  expect(canBeLog('positionAccuracy')).toBe(false);
  expect(canBeLog('cosine')).toBe(false);
});

describe('a logarithmic axis', () => {
  const axis = (values: number[], ...levels: number[]) =>
    valueAxis({ metric: 'loss', log: true }, [line(...values)], levels.map(level));

  it.each<[number[], number[], [number, number]]>([
    [[2.9, 1.63], [2.77], [1, 3]],
    [[500, 0.02], [], [0.02, 500]],
    [[0.0123, 7], [], [0.01, 7]],
    [[1, 1], [], [1, 2]],
    [[0.3], [12], [0.3, 20]],
  ])('of %j with levels %j reaches over %j', (values, levels, domain) => {
    const { domain: actual, ticks, log } = axis(values, ...levels);
    expect(actual[0]).toBeCloseTo(domain[0], 10);
    expect(actual[1]).toBeCloseTo(domain[1], 10);
    expect(log).toBe(true);
    expect(ticks.length).toBeGreaterThan(1);
    expect(ticks.length).toBeLessThanOrEqual(9);
  });

  it('names its ticks apart, without powers', () => {
    for (const values of [
      [2.9, 1.63],
      [500, 0.02],
      [1e-5, 1e5],
      [0.0004, 0.0009],
    ]) {
      const { ticks, format } = axis(values);
      expect(new Set(ticks.map(format)).size).toBe(ticks.length);
    }
    expect(axis([500, 0.02]).ticks.map(axis([500, 0.02]).format)).toContain('0.1');
  });

  it('is there when nothing is above 0', () => {
    for (const values of [[], [0, -1]]) {
      const { domain, ticks } = axis(values);
      expect(domain[0]).toBeGreaterThan(0);
      expect(domain[1]).toBeGreaterThan(domain[0]);
      expect(ticks.length).toBeGreaterThan(1);
    }
  });

  it('says what it cannot show', () => {
    expect(missingOnLog([line(1, 2)], [level(1)])).toBeNull();
    expect(missingOnLog([line(0, 2)], [])).toBe('not on a log scale, as 0 or below: 1 value');
    expect(missingOnLog([line(0, -2, 1)], [level(0)])).toBe('not on a log scale, as 0 or below: 2 values, the line “zeros”');
  });
});

it('has every point inside where all of them matter', () => {
  const explorer = line(0.5, 0.9, 40, 1);
  expect(valueAxis({ metric: 'maskedError' }, [explorer], [level(1)]).domain[1]).toBeLessThan(40);
  expect(valueAxis({ metric: 'maskedError', whole: true }, [explorer], [level(1)]).domain[1]).toBeGreaterThanOrEqual(40);
});
