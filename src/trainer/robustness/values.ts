/** Rows of a robustness study as numbers that lines of a figure are made of. */
import { STRATA, type Subset } from '../../config/subsets.ts';
import { groupBy } from '../../data/groupBy.ts';
import { robustnessOf, type Selection } from '../../metrics/robustness.ts';
import type { SweepValue } from '../../metrics/sweepSummary.ts';
import { alphasOf, type RobustnessRow } from './plan.ts';
import { tableOf } from './table.ts';

const SELECTIONS: readonly Selection[] = ['all', ...STRATA];

/**
 * Performance and robustness of every method and share of WiSE-FT, "performance.added" at {method, alpha}: alpha is 1 as a model was
 * trained, and 0 is the linear probe that it was fine-tuned from. What is not whole yet is left out.
 *
 * @param version `RESULTS_VERSION` of the program that measured them
 */
export function robustnessValues(rows: readonly RobustnessRow[], senses: Subset, version: number): SweepValue[] {
  const seen = groupBy(rows, ({ method, alpha = 1, seed }) => JSON.stringify([method, alpha, seed]));
  return [...seen.values()].flatMap(([row]) => {
    const { method, alpha, seed } = row as RobustnessRow;
    const own = valuesOf(rows, senses, { method, seed, ...(alpha !== undefined && { alpha }) }, { method, alpha: alpha ?? 1 });
    const starts = alpha === undefined && alphasOf({ alphas: [0] }, { method }).length > 0;
    const probe = starts ? valuesOf(rows, senses, { method: 'LP', seed }, { method, alpha: 0 }) : [];
    return [...probe, ...own].map((value) => ({ ...value, version }));
  });
}

function valuesOf(
  rows: readonly RobustnessRow[],
  senses: Subset,
  which: Parameters<typeof tableOf>[2],
  at: SweepValue['at'],
): Omit<SweepValue, 'version'>[] {
  const table = tableOf(rows, senses, which);
  return SELECTIONS.flatMap((selection) => {
    const { performance, robustness, rows: whole, rowsWanted } = robustnessOf(table, selection);
    if (whole < rowsWanted || rowsWanted === 0) return [];
    const { seed } = which;
    return [
      { at, seed, measure: `performance.${selection}`, value: performance },
      { at, seed, measure: `robustness.${selection}`, value: robustness },
    ];
  });
}
