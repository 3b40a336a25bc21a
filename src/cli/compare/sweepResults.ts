/** Results of sweeps: as rows, as a table for people, and as a file. */
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { BASELINE_LABELS } from '../../config/sweep/sweep.ts';
import { groupBy } from '../../data/groupBy.ts';
import { type NamedRows, sweepCsv, sweepJson } from '../../io/sweepTable.ts';
import { formatSpread } from '../../metrics/spread.ts';
import { type SweepRow, type SweepValue, sweepRows } from '../../metrics/sweepSummary.ts';
import { writeAtomic } from '../atomicFile.ts';
import type { UnitResult } from './results.ts';

/** Sweeps by name, in the order in which they come; empty where there is none among the results. */
export function sweepsIn(results: readonly UnitResult[]): NamedRows[] {
  const own = results.filter(({ sweep, error }) => sweep !== undefined && error === undefined);
  return [...groupBy(own, ({ sweep }) => sweep?.of ?? '')].map(([sweep, units]) => ({
    sweep,
    rows: sweepRows(units.flatMap(valuesOf)),
  }));
}

/** What a unit of a sweep measured, each way of fine-tuning by its protocol's name. */
export function valuesOf({
  sweep,
  seed,
  version,
  results,
  scores = {},
  stepMilliseconds,
  stepMegabytes,
}: UnitResult): SweepValue[] {
  if (sweep === undefined) return [];
  const { at, baseline, step } = sweep;
  const place = { at, baseline, step, seed, version };
  return [
    ...Object.entries(scores).flatMap(([measure, value]) => (value === null ? [] : [{ ...place, measure, value }])),
    ...results.map(({ protocol, labelsPerClass, accuracy }) => ({
      ...place,
      measure: protocol,
      labelsPerClass,
      value: accuracy,
    })),
    ...(stepMilliseconds === undefined ? [] : [{ ...place, measure: 'stepTime', value: stepMilliseconds }]),
    ...(stepMegabytes === undefined ? [] : [{ ...place, measure: 'stepMemory', value: stepMegabytes }]),
  ];
}

/** Ensembles beside their members, by the experiment's name. */
function ensemblesIn(results: readonly UnitResult[]): NamedRows[] {
  const own = results.filter(({ results: tasks }) => tasks.some(({ contender }) => contender !== undefined));
  return [...groupBy(own, ({ experiment }) => experiment)].map(([sweep, units]) => ({
    sweep,
    rows: sweepRows(
      units.flatMap(({ seed, version, results: tasks }) =>
        tasks.map(({ protocol, contender = '', labelsPerClass, accuracy }) => {
          return { at: { contender }, seed, version, measure: protocol, labelsPerClass, value: accuracy };
        }),
      ),
    ),
  }));
}

/** One line a point and measure; those of another version are marked. */
export function sweepTable(rows: readonly SweepRow[]): string {
  const paths = pathsOf(rows);
  const compared = rows.some(({ baseline }) => baseline !== undefined);
  const looked = rows.some(({ step }) => step !== undefined);
  const places = [...(compared ? ['baseline'] : []), ...paths, ...(looked ? ['step'] : [])];
  const head = [...places, 'measure', 'labels a class', 'mean ± sd (seeds)'];
  const lines = rows.map(({ at, baseline, step, measure, labelsPerClass, spread, version }) => {
    const name = compared ? [baseline === undefined ? '-' : BASELINE_LABELS[baseline]] : [];
    const values = paths.map((path) => String(at[path] ?? '-'));
    const size = labelsPerClass === undefined ? '-' : labelsPerClass === 0 ? 'all' : String(labelsPerClass);
    const mark = version === RESULTS_VERSION ? '' : ` (version ${version}: not comparable)`;
    return [...name, ...values, ...(looked ? [String(step ?? '-')] : []), measure, size, `${formatSpread(spread)}${mark}`];
  });
  const cells = [head, ...lines];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Those of the axes, in their order: a baseline has only some. */
function pathsOf(rows: readonly SweepRow[]): string[] {
  const fullest = rows.toSorted((a, b) => Object.keys(b.at).length - Object.keys(a.at).length);
  return [...new Set(fullest.flatMap(({ at }) => Object.keys(at)))];
}

/** @throws BadSettingError when there is neither sweep nor ensemble, or the file cannot be written */
export function writeSummary(file: string, results: readonly UnitResult[]): void {
  const sweeps = [...sweepsIn(results), ...ensemblesIn(results)];
  if (sweeps.length === 0)
    throw new BadSettingError('--summary is of sweeps and ensembles, and there is none among the results.');
  try {
    writeAtomic(file, file.endsWith('.csv') ? sweepCsv(sweeps) : sweepJson(sweeps));
  } catch (error) {
    throw new BadSettingError(`--summary cannot write ${file}: ${messageOf(error)}.`);
  }
}
