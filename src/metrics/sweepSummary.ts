/** What the seeds of a sweep's points say together. */
import type { Settings } from '../config/field.ts';
import { BASELINE_LABELS, type SweepBaseline } from '../config/sweep/sweep.ts';
import { type Spread, spreadOf } from './spread.ts';
import type { MeasuredLines, MeasuredPoint } from './verdict.ts';

/** One number of one seed. */
export interface SweepValue {
  /** Values by the axes' paths; a baseline has none, or those that decide it. */
  at: Settings;
  baseline?: SweepBaseline | undefined;
  /** Of pretraining, where that was looked at on its way. */
  step?: number | undefined;
  seed: number;
  /** "linear", "full", "maskedError", "stepTime". */
  measure: string;
  /** Of measures with labels; 0 are all. */
  labelsPerClass?: number | undefined;
  value: number;
  /** `RESULTS_VERSION` of the program that measured it. */
  version: number;
}

export interface SweepRow extends Omit<SweepValue, 'seed' | 'value'> {
  seeds: readonly number[];
  /** Over seeds. */
  spread: Spread;
}

/** One row a point, measure and version, in the order in which they come: results of another version stand apart, and are never averaged in. */
export function sweepRows(values: readonly SweepValue[]): SweepRow[] {
  const groups = new Map<string, SweepValue[]>();
  for (const value of values) {
    const { at, baseline, step, measure, labelsPerClass, version } = value;
    const key = JSON.stringify([Object.entries(at), baseline, step, measure, labelsPerClass, version]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    // The same seed twice is the same number: a point that two jobs measured.
    else if (!group.some(({ seed }) => seed === value.seed)) group.push(value);
  }
  return [...groups.values()].map((group) => {
    const { seed: _seed, value: _value, ...shared } = group[0] as SweepValue;
    return { ...shared, seeds: group.map(({ seed }) => seed), spread: spreadOf(group.map(({ value }) => value)) };
  });
}

/**
 * The lines of a figure: one measure over one axis, a line for each value of the other axis and each baseline.
 *
 * @param axis path whose values are x; numbers as they are, others by their place among `values`
 */
export function sweepLines(
  rows: readonly SweepRow[],
  {
    axis,
    measure,
    labelsPerClass,
    values,
  }: { axis: string; measure: string; labelsPerClass?: number | undefined; values: readonly unknown[] },
): MeasuredLines {
  const lines: Record<string, MeasuredPoint[]> = {};
  for (const row of rows) {
    if (row.measure !== measure || row.labelsPerClass !== labelsPerClass) continue;
    const value = row.at[axis];
    const x = typeof value === 'number' ? value : values.indexOf(value);
    const name = lineName(row, axis);
    const { count, mean, deviation } = row.spread;
    const line = lines[name] ?? [];
    lines[name] = line;
    line.push({ ...(value !== undefined && { x }), count, mean, deviation });
  }
  for (const line of Object.values(lines)) line.sort((a, b) => (a.x ?? 0) - (b.x ?? 0));
  return lines;
}

/** "Depth 4", "From scratch", "Step 100"; empty where there is one line alone. */
export function lineName({ at, baseline, step }: Pick<SweepRow, 'at' | 'baseline' | 'step'>, axis: string): string {
  const others = Object.entries(at)
    .filter(([path]) => path !== axis)
    .map(([path, value]) => `${path} ${value}`);
  const parts = [
    ...(baseline === undefined ? [] : [BASELINE_LABELS[baseline]]),
    ...others,
    ...(step === undefined ? [] : [`step ${step}`]),
  ];
  return parts.join(', ');
}
