/**
 * Performance and robustness from the accuracies of every training subset on every test subset (McKinzie et al. 2023, equations 3 to
 * 6). P(M_T) is the mean over the test subsets of a stratum, R(M_T) the smallest; P and R are means over the training subsets
 * that have such test subsets, not over pairs: a large subset has many test subsets and counts once all the same.
 */
import { invariant } from '../base/invariant.ts';
import { intersectionOf, type Stratum, type Subset, stratumOf, subsetsOf } from '../config/subsets.ts';

/** Accuracies of one method and seed. Rows and columns are `subsetsOf(modalities)`. */
export interface AccuracyTable {
  modalities: Subset;
  /** [M_T][M_E]; a row is undefined where nothing was trained on M_T, NaN stands where there was no sample to test on. */
  accuracy: readonly (readonly number[] | undefined)[];
}

/** Of these pairs averages are taken: all, or those of one stratum. */
export type Selection = 'all' | Stratum;

export interface Robustness {
  /** Mean over M_T of the mean over M_E; NaN where there is no pair. */
  performance: number;
  /** Mean over M_T of the smallest over M_E. */
  robustness: number;
  /** Largest P(M_T) and R(M_T) over M_T. */
  bestPerformance: number;
  bestRobustness: number;
  /** Pairs and training subsets that were averaged over. */
  pairs: number;
  rows: number;
  /** Training subsets that have pairs of this kind: more than `rows` while some are not trained, or have a cell without samples. */
  rowsWanted: number;
}

/** P(M_T) and R(M_T) of one training subset. */
export interface RowRobustness {
  trained: Subset;
  performance: number;
  robustness: number;
  pairs: number;
}

/** P, R and the best of them over the pairs of one kind. */
export function robustnessOf(table: AccuracyTable, selection: Selection): Robustness {
  return averageRows(table, (trained, tested) => selection === 'all' || stratumOf(trained, tested) === selection);
}

/** The same over the pairs that have `common` modalities in common (McKinzie et al. 2023, figure 5). */
export function robustnessOfSlice(table: AccuracyTable, common: number): Robustness {
  return averageRows(table, (trained, tested) => intersectionOf(trained, tested) === common);
}

/** P(M_T) and R(M_T) of every training subset that has pairs of this kind and all their accuracies. */
export function rowsOf(table: AccuracyTable, selection: Selection): RowRobustness[] {
  return completeRows(table, (trained, tested) => selection === 'all' || stratumOf(trained, tested) === selection).rows;
}

/** Where a training subset is best tested: every test subset of the largest accuracy, since ties are common at 1. */
export interface BestTested {
  trained: Subset;
  tested: Subset[];
  accuracy: number;
}

/** The best M_E for each M_T that was trained (McKinzie et al. 2023, table 2). Cells without samples are no candidates. */
export function bestTested({ modalities, accuracy }: AccuracyTable): BestTested[] {
  const subsets = subsetsOf(modalities);
  return subsets.flatMap((trained, t) => {
    const row = accuracy[t]?.map((value) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value)) ?? [];
    const best = Math.max(...row);
    if (!Number.isFinite(best)) return [];
    return [{ trained, tested: subsets.filter((_, e) => row[e] === best), accuracy: best }];
  });
}

type IsChosen = (trained: Subset, tested: Subset) => boolean;

function averageRows(table: AccuracyTable, isChosen: IsChosen): Robustness {
  const { rows, wanted } = completeRows(table, isChosen);
  const performances = rows.map(({ performance }) => performance);
  const robustnesses = rows.map(({ robustness }) => robustness);
  return {
    performance: mean(performances),
    robustness: mean(robustnesses),
    bestPerformance: largest(performances),
    bestRobustness: largest(robustnesses),
    pairs: rows.reduce((sum, { pairs }) => sum + pairs, 0),
    rows: rows.length,
    rowsWanted: wanted,
  };
}

function completeRows({ modalities, accuracy }: AccuracyTable, isChosen: IsChosen): { rows: RowRobustness[]; wanted: number } {
  const subsets = subsetsOf(modalities);
  invariant(
    accuracy.length === subsets.length && accuracy.every((row) => row === undefined || row.length === subsets.length),
    `accuracies of ${modalities.length} modalities are ${subsets.length} x ${subsets.length}`,
  );
  let wanted = 0;
  const rows = subsets.flatMap((trained, t) => {
    const chosen = subsets.flatMap((tested, e) => (isChosen(trained, tested) ? [e] : []));
    if (chosen.length === 0) return [];
    wanted += 1;
    const values = chosen.map((e) => accuracy[t]?.[e] ?? Number.NaN);
    // A mean over what happens to be there would be of another kind than those beside it.
    if (values.some(Number.isNaN)) return [];
    return [{ trained, performance: mean(values), robustness: Math.min(...values), pairs: values.length }];
  });
  return { rows, wanted };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function largest(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : Math.max(...values);
}
