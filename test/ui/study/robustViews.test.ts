import { describe, expect, it } from 'vitest';
import { subsetName, subsetsOf } from '../../../src/config/subsets.ts';
import { robustnessOfSlice } from '../../../src/metrics/robustness.ts';
import type { RobustnessRow } from '../../../src/trainer/robustness/plan.ts';
import { tableOf } from '../../../src/trainer/robustness/table.ts';
import { barOf, slicesOf } from '../../../src/ui/study/robustness.ts';
import { atAlpha, bestOf, bestOnAll, pointsOf } from '../../../src/ui/study/robustViews.ts';

const SENSES = ['picture', 'sound', 'text'] as const;
const SUBSETS = subsetsOf(SENSES);
const ASKED = { methods: ['LP', 'FT'], baselines: [], alphas: [0.5], seeds: [1, 2], labelsPerClass: 50 } as const;

type Accuracies = (t: number, e: number, seed: number) => number;

function rowsOf(method: 'LP' | 'FT', accuracy: Accuracies, alpha?: number): RobustnessRow[] {
  return ASKED.seeds.flatMap((seed) =>
    SUBSETS.map((trained, t) => ({
      method,
      trainedOn: subsetName(trained),
      seed,
      accuracy: SUBSETS.map((_, e) => accuracy(t, e, seed)),
      counts: SUBSETS.map(() => 1000),
      ...(alpha === undefined ? {} : { alpha }),
    })),
  );
}

const found = (rows: readonly RobustnessRow[]) => ({ asked: ASKED, senses: SENSES, rows });

describe('pointsOf', () => {
  it('has a point for each training subset, with its spread over seeds; a row that is not there has none', () => {
    const rows = rowsOf('LP', (t, e, seed) => (t + e) / 20 + seed / 100).filter(({ trainedOn }) => trainedOn !== 'text');
    const points = pointsOf(found(rows), { method: 'LP' });
    expect(points.map(({ trained }) => subsetName(trained))).toEqual(SUBSETS.map(subsetName).filter((name) => name !== 'text'));
    const [, second] = points;
    expect(second.performance.count).toBe(2);
    expect(second.performance.mean).toBeCloseTo((1 + 3) / 20 + 0.015, 12);
    expect([second.robustness.min, second.robustness.max]).toEqual([1 / 20 + 0.01, 1 / 20 + 0.02]);
  });
});

describe('bestOf', () => {
  it('averages over seeds first, names ties, and counts where all senses are best', () => {
    // Labels for pictures: best with sounds and text by the mean, though seed 1 alone says pictures. Labels for sounds: a tie.
    const rows = rowsOf('FT', (t, e, seed) => {
      if (t === 0) return e === 0 ? (seed === 1 ? 0.9 : 0.1) : e === 5 ? 0.6 : 0.3;
      if (t === 1) return e === 1 || e === 6 ? 0.8 : 0.2;
      return e === 6 ? 0.9 : 0.4;
    });
    const best = bestOf(found(rows), { method: 'FT' });
    expect(best[0].tested.map(subsetName)).toEqual(['sound+text']);
    expect(best[1].tested.map(subsetName)).toEqual(['sound', 'picture+sound+text']);
    // Six lack a sense; the first is best elsewhere.
    expect(bestOnAll({ senses: SENSES }, best)).toEqual({ all: 5, of: 6 });
  });
});

describe('atAlpha', () => {
  const rows = [...rowsOf('LP', () => 0.25), ...rowsOf('FT', () => 0.5, 0.5), ...rowsOf('FT', () => 0.75)];

  it('says what was measured where it was, and is on the line between neighbours elsewhere', () => {
    const all = (alpha: number) => atAlpha(found(rows), 'FT', alpha).find(({ selection }) => selection === 'all');
    expect(all(0)).toMatchObject({ performance: 0.25, between: null });
    expect(all(0.5)).toMatchObject({ performance: 0.5, robustness: 0.5, between: null });
    expect(all(0.25)?.performance).toBe(0.375);
    expect(all(0.25)?.between).toEqual([0, 0.5]);
    expect(all(0.75)?.performance).toBe(0.625);
  });

  it('says nothing where the probe or the trained end is missing', () => {
    expect(atAlpha(found(rowsOf('FT', () => 0.5, 0.5)), 'FT', 0.2)).toEqual([]);
  });
});

describe('slicesOf', () => {
  it('asks for pairs by how many senses they have in common', () => {
    const rows = rowsOf('LP', (t, e, seed) => (7 * t + e + seed) / 60);
    expect(slicesOf({ senses: SENSES })).toEqual([0, 1, 2]);
    for (const common of slicesOf({ senses: SENSES })) {
      const bar = barOf(found(rows), { method: 'LP' }, common);
      const table = tableOf(rows, SENSES, { method: 'LP', seed: 2 });
      expect(bar.seeds[1]).toMatchObject(robustnessOfSlice(table, common));
    }
    // No test without a common sense where all senses have labels: 12 pairs of transfer only.
    expect(barOf(found(rows), { method: 'LP' }, 0).seeds[0].pairs).toBe(12);
  });
});
