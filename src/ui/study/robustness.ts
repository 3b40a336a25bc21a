/** What a robustness study has found, as tables and bars: pure, from its rows. */
import { STRATA, type Stratum, type Subset, stratumOf, subsetsOf } from '../../config/subsets.ts';
import { type Robustness, robustnessOf, robustnessOfSlice, type Selection } from '../../metrics/robustness.ts';
import { type Spread, spreadOf } from '../../metrics/spread.ts';
import { alphasOf, type RobustnessRow, type RobustTask } from '../../trainer/robustness/plan.ts';
import { rowOf, tableOf } from '../../trainer/robustness/table.ts';
import type { RobustnessReport } from '../store/robustness.ts';
import { METHOD_NAMES } from './robustnessPlan.ts';

/** One way of using the labels, as trained or at a share of WiSE-FT. */
export interface Way {
  method: RobustTask['method'];
  alpha?: number | undefined;
}

type Found = Pick<RobustnessReport, 'asked' | 'senses' | 'rows'>;

/** Every way that was asked for, in the order of tables. */
export function waysOf({ asked }: Pick<Found, 'asked'>): Way[] {
  return [...asked.methods, ...asked.baselines].flatMap((method) => [
    { method },
    ...alphasOf(asked, { method }).map((alpha) => ({ method, alpha })),
  ]);
}

/** "MASD, alpha 0.75" */
export function nameWay({ method, alpha }: Way): string {
  return alpha === undefined ? METHOD_NAMES[method] : `${METHOD_NAMES[method]}, alpha ${alpha}`;
}

/** A pair of subsets in a heat map. */
export interface Cell {
  trained: Subset;
  tested: Subset;
  stratum: Stratum;
  /** Accuracy, or its difference to the linear probe of the same seed: one for each seed that is there. */
  values: Spread;
  /** Test samples with all of what is tested on. */
  samples: number;
  /** The row is that of fine-tuning: nothing is left to teach. */
  borrowed: boolean;
}

/**
 * (subsets, subsets): rows are what has labels, columns what is tested on. Where nothing is there yet `values.count` is 0.
 *
 * @param lessProbe differences to the linear probe, seed by seed
 */
export function heatCells({ asked, senses, rows }: Found, way: Way, lessProbe = false): Cell[][] {
  const subsets = subsetsOf(senses);
  return subsets.map((trained) => {
    const found = asked.seeds.flatMap((seed) => {
      const own = rowOf(rows, senses, { ...way, seed }, trained);
      const probe = lessProbe ? rowOf(rows, senses, { method: 'LP', seed }, trained) : undefined;
      return own === undefined || (lessProbe && probe === undefined) ? [] : [{ own, probe }];
    });
    return subsets.map((tested, e) => ({
      trained,
      tested,
      stratum: stratumOf(trained, tested),
      values: spreadOf(
        found
          .map(({ own, probe }) => own.row.accuracy[e] - (probe?.row.accuracy[e] ?? 0))
          .filter((value) => !Number.isNaN(value)),
      ),
      samples: found[0]?.own.row.counts[e] ?? 0,
      borrowed: found.some(({ own }) => own.borrowed),
    }));
  });
}

/** "Trained on picture, tested on sound and text: 0.92, transfer; 1,000 test samples, 3 seeds, 0.91 to 0.93." */
export function sayCell({ trained, tested, stratum, values, samples, borrowed }: Cell, lessProbe: boolean): string {
  const pair = `Trained on ${listOf(trained)}, tested on ${listOf(tested)}`;
  const { count, mean, min, max } = values;
  if (count === 0) return `${pair}: not computed, ${stratum}.`;
  const number = (value: number): string => (lessProbe && value > 0 ? `+${value.toFixed(2)}` : value.toFixed(2));
  const what = lessProbe ? `${number(mean)} against LP` : number(mean);
  const seeds = count === 1 ? '1 seed' : `${count} seeds, ${number(min)} to ${number(max)}`;
  const from = borrowed ? ' Fine-tuning: all senses have labels, so nothing is left to teach.' : '';
  return `${pair}: ${what}, ${stratum}; ${samples.toLocaleString('en')} test samples, ${seeds}.${from}`;
}

/** "picture, sound and text" */
export function listOf(subset: Subset): string {
  return subset.length < 2 ? subset.join('') : `${subset.slice(0, -1).join(', ')} and ${subset.at(-1)}`;
}

/** "P+S": for heads of columns. */
export function shortOf(subset: Subset): string {
  return subset.map((sense) => sense.slice(0, 1).toUpperCase()).join('');
}

export const SELECTIONS: readonly Selection[] = ['all', ...STRATA];

/** Which pairs of subsets: one kind of them, or those with so many senses in common. */
export type Pairs = Selection | number;

/** Slices of how many senses what is tested on and what has labels have in common; that of all senses is one pair. */
export function slicesOf({ senses }: Pick<Found, 'senses'>): number[] {
  return senses.map((_, common) => common);
}

/** Performance and robustness of a way over one kind of pairs. */
export interface Bar {
  way: Way;
  selection: Pairs;
  /** Of seeds whose rows are all there. */
  seeds: readonly ({ seed: number } & Robustness)[];
  performance: Spread;
  robustness: Spread;
  /** Seeds that lack rows: no number is shown of them, as it would be over fewer subsets than that of the others. */
  incomplete: number;
}

export function barOf({ asked, senses, rows }: Found, way: Way, selection: Pairs): Bar {
  const all = asked.seeds.map((seed) => {
    const table = tableOf(rows, senses, { ...way, seed });
    return { seed, ...(typeof selection === 'number' ? robustnessOfSlice(table, selection) : robustnessOf(table, selection)) };
  });
  const seeds = all.filter((one) => one.rowsWanted > 0 && one.rows === one.rowsWanted);
  return {
    way,
    selection,
    seeds,
    performance: spreadOf(seeds.map(({ performance }) => performance)),
    robustness: spreadOf(seeds.map(({ robustness }) => robustness)),
    incomplete: all.filter((one) => one.rows < one.rowsWanted).length,
  };
}

/** Performance of a stratum against the share of WiSE-FT: the linear probe at 0, what was trained at 1. */
export function interpolationOf(found: Found, method: Way['method'], selection: Selection): { alpha: number; bar: Bar }[] {
  const inside = alphasOf(found.asked, { method }).filter((alpha) => alpha > 0 && alpha < 1);
  const ways: [number, Way][] = [
    [0, { method: 'LP' }],
    ...inside.map((alpha): [number, Way] => [alpha, { method, alpha }]),
    [1, { method }],
  ];
  return ways.map(([alpha, way]) => ({ alpha, bar: barOf(found, way, selection) })).filter(({ bar }) => bar.seeds.length > 0);
}

/** Every pair of subsets of every way and seed: performance and robustness can be computed from them again. */
export function pairRows({ asked, senses, rows }: Found): PairRow[] {
  const subsets = subsetsOf(senses);
  return waysOf({ asked }).flatMap((way) =>
    asked.seeds.flatMap((seed) =>
      subsets.flatMap((trained) => {
        const found = rowOf<RobustnessRow>(rows, senses, { ...way, seed }, trained);
        if (found === undefined) return [];
        const { row, borrowed } = found;
        return subsets.map((tested, e) => ({
          ...way,
          seed,
          trained,
          tested,
          stratum: stratumOf(trained, tested),
          accuracy: row.accuracy[e],
          samples: row.counts[e],
          borrowed,
        }));
      }),
    ),
  );
}

export interface PairRow extends Way {
  seed: number;
  trained: Subset;
  tested: Subset;
  stratum: Stratum;
  accuracy: number;
  samples: number;
  borrowed: boolean;
}
