/** What a robustness study has found, looked at by training subset: robustness against performance, and where each is best tested. Pure. */
import { type Subset, subsetName, subsetsOf } from '../../config/subsets.ts';
import { bestTested, rowsOf } from '../../metrics/robustness.ts';
import { type Spread, spreadOf } from '../../metrics/spread.ts';
import { tableOf } from '../../trainer/robustness/table.ts';
import type { RobustnessReport } from '../store/robustness.ts';
import { heatCells, interpolationOf, SELECTIONS, type Way } from './robustness.ts';

type Found = Pick<RobustnessReport, 'asked' | 'senses' | 'rows'>;

/** P and R of one training subset, over all test subsets (McKinzie et al. 2023, figure 6). */
export interface SubsetPoint {
  trained: Subset;
  performance: Spread;
  robustness: Spread;
}

/** A point for each training subset that some seed has whole. */
export function pointsOf({ asked, senses, rows }: Found, way: Way): SubsetPoint[] {
  const all = asked.seeds.flatMap((seed) => rowsOf(tableOf(rows, senses, { ...way, seed }), 'all'));
  return subsetsOf(senses).flatMap((trained) => {
    const own = all.filter((row) => subsetName(row.trained) === subsetName(trained));
    if (own.length === 0) return [];
    return [
      {
        trained,
        performance: spreadOf(own.map(({ performance }) => performance)),
        robustness: spreadOf(own.map(({ robustness }) => robustness)),
      },
    ];
  });
}

/** Where one training subset is best tested, by the mean over its seeds; several of them where they are equal. */
export interface BestRow {
  trained: Subset;
  tested: Subset[];
  accuracy: number;
}

/** The best M_E of each M_T (McKinzie et al. 2023, table 2). */
export function bestOf(found: Found, way: Way): BestRow[] {
  const means = heatCells(found, way).map((row) => row.map(({ values }) => (values.count === 0 ? Number.NaN : values.mean)));
  return bestTested({ modalities: found.senses, accuracy: means });
}

/** Of training subsets that lack a sense: how many are best tested on all senses, and how many there are. */
export function bestOnAll({ senses }: Pick<Found, 'senses'>, rows: readonly BestRow[]): { all: number; of: number } {
  const partial = rows.filter(({ trained }) => trained.length < senses.length);
  const all = partial.filter(({ tested }) => tested.some((subset) => subset.length === senses.length));
  return { all: all.length, of: partial.length };
}

/** Performance and robustness of one kind of pairs at a share of WiSE-FT. */
export interface AtAlpha {
  selection: string;
  performance: number;
  robustness: number;
  /** The measured shares around it; none where it was measured itself. */
  between: readonly [number, number] | null;
}

/**
 * Of every kind of pairs: what was measured at `alpha`, or what lies on the line between its two measured neighbours. Seeds are averaged
 * first.
 */
export function atAlpha(found: Found, method: Way['method'], alpha: number): AtAlpha[] {
  return SELECTIONS.flatMap((selection) => {
    const points = interpolationOf(found, method, selection);
    const below = points.findLast((point) => point.alpha <= alpha);
    const above = points.find((point) => point.alpha >= alpha);
    if (below === undefined || above === undefined) return [];
    const share = above.alpha === below.alpha ? 0 : (alpha - below.alpha) / (above.alpha - below.alpha);
    const mix = (from: Spread, to: Spread): number => (1 - share) * from.mean + share * to.mean;
    return [
      {
        selection,
        performance: mix(below.bar.performance, above.bar.performance),
        robustness: mix(below.bar.robustness, above.bar.robustness),
        between: below === above ? null : ([below.alpha, above.alpha] as const),
      },
    ];
  });
}
