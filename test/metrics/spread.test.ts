import { describe, expect, it } from 'vitest';
import { formatSpread, spreadOf } from '../../src/metrics/spread.ts';

describe('spreadOf', () => {
  it('has the sample standard deviation of several seeds', () => {
    // numpy.std([0.471, 0.483, 0.495], ddof=1) is 0.012.
    const spread = spreadOf([0.483, 0.495, 0.471]);
    expect(spread).toMatchObject({ count: 3, min: 0.471, max: 0.495 });
    expect(spread.mean).toBeCloseTo(0.483, 12);
    expect(spread.deviation).toBeCloseTo(0.012, 12);
  });

  it('has no deviation of one seed and nothing of none', () => {
    expect(spreadOf([0.5])).toEqual({ count: 1, mean: 0.5, deviation: Number.NaN, min: 0.5, max: 0.5 });
    const { NaN: nothing } = Number;
    expect(spreadOf([])).toEqual({ count: 0, mean: nothing, deviation: nothing, min: nothing, max: nothing });
  });

  it('shows a run that failed', () => {
    const spread = spreadOf([0.5, Number.NaN]);
    expect([spread.mean, spread.deviation, spread.min, spread.max].every(Number.isNaN)).toBe(true);
  });
});

describe('formatSpread', () => {
  it.each([
    [[0.483, 0.495, 0.471], '0.483 ± 0.012 (3 seeds)'],
    [[0.5, 0.5], '0.500 ± 0.000 (2 seeds)'],
    [[0.48349], '0.483 (1 seed)'],
    [[], 'no results'],
  ])('writes %j as %s', (values, text) => {
    expect(formatSpread(spreadOf(values))).toBe(text);
  });

  it('takes other numbers of digits', () => {
    expect(formatSpread(spreadOf([41.26, 43.26]), 1)).toBe('42.3 ± 1.4 (2 seeds)');
  });
});
