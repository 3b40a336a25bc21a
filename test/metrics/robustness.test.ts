import { describe, expect, it } from 'vitest';
import { STRATA, stratumOf, subsetName, subsetsOf } from '../../src/config/subsets.ts';
import { type AccuracyTable, bestTested, robustnessOf, robustnessOfSlice, rowsOf } from '../../src/metrics/robustness.ts';

const THREE = ['picture', 'sound', 'text'];
const LETTERS = ['a', 'b', 'c', 'd'];

function tableOf(
  modalities: string[],
  accuracy: (trained: readonly string[], tested: readonly string[]) => number,
): AccuracyTable {
  const subsets = subsetsOf(modalities);
  return { modalities, accuracy: subsets.map((trained) => subsets.map((tested) => accuracy(trained, tested))) };
}

describe('performance and robustness', () => {
  it.each([2, 3, 4])('are a constant everywhere where every accuracy is that, of %d modalities', (n) => {
    const table = tableOf(LETTERS.slice(0, n), () => 0.375);
    for (const selection of ['all', ...STRATA] as const) {
      const { performance, robustness, bestPerformance, bestRobustness, pairs } = robustnessOf(table, selection);
      const expected = pairs === 0 ? Number.NaN : 0.375;
      expect([performance, robustness, bestPerformance, bestRobustness]).toEqual(Array(4).fill(expected));
    }
  });

  it.each(STRATA)('are 1 in the stratum %s and 0 in every other where the accuracies are', (stratum) => {
    const table = tableOf(LETTERS, (trained, tested) => Number(stratumOf(trained, tested) === stratum));
    for (const selection of STRATA) {
      const { performance, robustness } = robustnessOf(table, selection);
      expect([performance, robustness]).toEqual(selection === stratum ? [1, 1] : [0, 0]);
    }
  });

  it.each([
    [2, { all: [9, 3], equal: [3, 3], missing: [2, 1], added: [2, 2], transfer: [2, 2], overlap: [0, 0] }],
    [3, { all: [49, 7], equal: [7, 7], missing: [12, 4], added: [12, 6], transfer: [12, 6], overlap: [6, 3] }],
    [4, { all: [225, 15], equal: [15, 15], missing: [50, 11], added: [50, 14], transfer: [50, 14], overlap: [60, 10] }],
  ])('count pairs and training subsets of %d modalities', (n, counts) => {
    const table = tableOf(LETTERS.slice(0, n), () => 1);
    for (const selection of ['all', ...STRATA] as const) {
      const { pairs, rows, rowsWanted } = robustnessOf(table, selection);
      expect([selection, pairs, rows, rowsWanted]).toEqual([selection, ...counts[selection], counts[selection][1]]);
    }
  });

  it('agree with two modalities by hand, where R = P in added and transfer', () => {
    const modalities = ['a', 'b'];
    // Columns a, b, ab.
    const accuracy = [
      [0.8, 0.2, 0.7],
      [0.1, 0.9, 0.6],
      [0.5, 0.4, 1],
    ];
    const table = { modalities, accuracy };
    expect(robustnessOf(table, 'equal')).toMatchObject({
      performance: expect.closeTo(0.9),
      bestPerformance: 1,
      bestRobustness: 1,
    });
    expect(robustnessOf(table, 'missing')).toMatchObject({ performance: expect.closeTo(0.45), robustness: 0.4, rows: 1 });
    expect(robustnessOf(table, 'added')).toMatchObject({
      performance: expect.closeTo(0.65),
      robustness: expect.closeTo(0.65),
      bestPerformance: 0.7,
    });
    expect(robustnessOf(table, 'transfer')).toMatchObject({
      performance: expect.closeTo(0.15),
      robustness: expect.closeTo(0.15),
      bestRobustness: 0.2,
    });
    const { performance, robustness, bestPerformance, bestRobustness } = robustnessOf(table, 'all');
    expect(performance).toBeCloseTo((1.7 / 3 + 1.6 / 3 + 1.9 / 3) / 3, 12);
    expect(robustness).toBeCloseTo((0.2 + 0.1 + 0.4) / 3, 12);
    expect([bestPerformance, bestRobustness]).toEqual([expect.closeTo(1.9 / 3, 12), 0.4]);
  });

  it('are means over training subsets, not over pairs: all three have 6 of the 12 missing pairs and count a quarter', () => {
    const table = tableOf(THREE, (trained) => Number(trained.length === 3));
    expect(robustnessOf(table, 'missing')).toMatchObject({ performance: 0.25, robustness: 0.25, pairs: 12, rows: 4 });
  });

  it('leave all three out of added and transfer, singles out of missing', () => {
    const table = tableOf(THREE, () => 0.5);
    const names = (selection: 'added' | 'transfer' | 'missing' | 'overlap') =>
      rowsOf(table, selection).map(({ trained }) => subsetName(trained));
    expect(names('added')).not.toContain('picture+sound+text');
    expect(names('transfer')).not.toContain('picture+sound+text');
    expect(names('missing')).toEqual(['picture+sound', 'picture+text', 'sound+text', 'picture+sound+text']);
    expect(names('overlap')).toEqual(['picture+sound', 'picture+text', 'sound+text']);
    expect(rowsOf(table, 'all').map(({ pairs }) => pairs)).toEqual(Array(7).fill(7));
  });

  it('are cut by what training and test have in common', () => {
    const table = tableOf(THREE, (trained, tested) => trained.filter((name) => tested.includes(name)).length / 4);
    expect([0, 1, 2, 3].map((common) => robustnessOfSlice(table, common).performance)).toEqual([0, 0.25, 0.5, 0.75]);
    expect([0, 1, 2, 3].map((common) => robustnessOfSlice(table, common).pairs)).toEqual([12, 27, 9, 1]);
    expect(robustnessOfSlice(table, 0)).toEqual(robustnessOf(table, 'transfer'));
  });

  it('leave out rows that are not trained or have a cell without samples, and say so', () => {
    const whole = tableOf(THREE, (trained) => trained.length / 4);
    const accuracy = whole.accuracy.map((row, t) => (t === 0 ? undefined : row));
    expect(robustnessOf({ modalities: THREE, accuracy }, 'transfer')).toMatchObject({ rows: 5, rowsWanted: 6, pairs: 9 });
    const gap = whole.accuracy.map((row, t) => row?.map((value, e) => (t === 3 && e === 0 ? Number.NaN : value)));
    expect(robustnessOf({ modalities: THREE, accuracy: gap }, 'missing')).toMatchObject({ rows: 3, rowsWanted: 4 });
    expect(robustnessOf({ modalities: THREE, accuracy: gap }, 'transfer')).toMatchObject({ rows: 6, rowsWanted: 6 });
    const nothing = robustnessOf({ modalities: THREE, accuracy: Array(7).fill(undefined) }, 'all');
    expect(nothing).toMatchObject({ performance: Number.NaN, bestRobustness: Number.NaN, rows: 0, rowsWanted: 7 });
  });

  it('refuse a table of another size', () => {
    expect(() => robustnessOf({ modalities: THREE, accuracy: [[1]] }, 'all')).toThrow('7 x 7');
  });
});

describe('the best test subset', () => {
  it('is every one of the largest accuracy, for each training subset that there is', () => {
    const accuracy = [[0.8, 0.2, 0.8], undefined, [Number.NaN, 0.4, 0.3]];
    expect(bestTested({ modalities: ['a', 'b'], accuracy })).toEqual([
      { trained: ['a'], tested: [['a'], ['a', 'b']], accuracy: 0.8 },
      { trained: ['a', 'b'], tested: [['b']], accuracy: 0.4 },
    ]);
  });
});
