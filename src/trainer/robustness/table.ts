/** Rows of a robustness study as the table that performance and robustness are computed from. */
import { readSubset, type Subset, subsetsOf } from '../../config/subsets.ts';
import type { AccuracyTable } from '../../metrics/robustness.ts';
import { isDistilled, type RobustnessRow } from './plan.ts';

type Trained = Pick<RobustnessRow, 'method' | 'seed' | 'trainedOn'> & { alpha?: number | undefined };

/**
 * The row of one method, seed and share of WiSE-FT that was trained on a subset. Where all senses have labels MASD is fine-tuning: that
 * row is taken from it, `borrowed`.
 *
 * @param rows of the whole study, those of fine-tuning among them
 */
export function rowOf<R extends Trained>(
  rows: readonly R[],
  senses: Subset,
  { method, seed, alpha }: Omit<Trained, 'trainedOn'>,
  trained: Subset,
): { row: R; borrowed: boolean } | undefined {
  const find = (wanted: Trained['method']): R | undefined =>
    rows.find(
      (row) =>
        row.method === wanted &&
        row.seed === seed &&
        row.alpha === alpha &&
        readSubset(row.trainedOn, senses)?.join() === trained.join(),
    );
  const own = find(method);
  if (own !== undefined) return { row: own, borrowed: false };
  const tuned = isDistilled(method) && trained.length === senses.length ? find('FT') : undefined;
  return tuned && { row: tuned, borrowed: true };
}

/** One method and seed as `robustnessOf` takes it. */
export function tableOf(rows: readonly RobustnessRow[], senses: Subset, which: Omit<Trained, 'trainedOn'>): AccuracyTable {
  return {
    modalities: senses,
    accuracy: subsetsOf(senses).map((trained) => rowOf(rows, senses, which, trained)?.row.accuracy),
  };
}
