import { describe, expect, it } from 'vitest';
import { lineName, type SweepValue, sweepLines, sweepRows } from '../../src/metrics/sweepSummary.ts';
import { judge } from '../../src/metrics/verdict.ts';

const value = (at: SweepValue['at'], seed: number, number: number, more: Partial<SweepValue> = {}): SweepValue => ({
  at,
  seed,
  measure: 'linear',
  value: number,
  version: 1,
  ...more,
});
const values = [0.5, 0.25].flatMap((ratio) => [1, 2, 3].map((seed) => value({ r: ratio }, seed, ratio + seed / 100)));
const scratch = [1, 2, 3].map((seed) => value({}, seed, 0.1 + seed / 100, { baseline: 'scratch' }));

describe('the lines of a sweep', () => {
  it('go from left to right, and a baseline without an x is a level', () => {
    const lines = sweepLines(sweepRows([...values, ...scratch]), { axis: 'r', measure: 'linear', values: [0.5, 0.25] });
    expect(Object.keys(lines)).toEqual(['', 'From scratch']);
    expect(lines['']?.map(({ x, mean, count }) => [x, Number(mean.toFixed(6)), count])).toEqual([
      [0.25, 0.27, 3],
      [0.5, 0.52, 3],
    ]);
    expect(lines['From scratch']?.[0]).not.toHaveProperty('x');
    expect(judge({ rule: 'increases', line: '' }, lines).verdict).toBe('holds');
    expect(judge({ rule: 'above', line: '', than: 'From scratch' }, lines).verdict).toBe('holds');
  });

  it('are one for each value of another setting, with choices in their order', () => {
    const rows = sweepRows(['grid', 'random'].flatMap((mask) => [1, 2].map((depth) => value({ mask, depth }, 1, depth))));
    const lines = sweepLines(rows, { axis: 'mask', measure: 'linear', values: ['random', 'grid'] });
    expect(Object.entries(lines).map(([name, points]) => [name, points.map(({ x }) => x)])).toEqual([
      ['depth 1', [0, 1]],
      ['depth 2', [0, 1]],
    ]);
    expect(lineName({ at: { mask: 'grid' }, step: 10 }, 'mask')).toBe('step 10');
  });

  it('are of one measure and one number of labels', () => {
    const rows = sweepRows([value({ r: 1 }, 1, 0.5, { labelsPerClass: 5 }), value({ r: 1 }, 1, 0.7, { labelsPerClass: 10 })]);
    const means = (labelsPerClass: number) =>
      sweepLines(rows, { axis: 'r', measure: 'linear', labelsPerClass, values: [1] })['']?.map(({ mean }) => mean);
    expect([means(5), means(10)]).toEqual([[0.5], [0.7]]);
  });
});
