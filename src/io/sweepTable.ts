/** A sweep's rows for spreadsheets and scripts. */
import { RESULTS_VERSION } from '../config/resultsVersion.ts';
import type { SweepRow } from '../metrics/sweepSummary.ts';
import { toCsv } from './csv.ts';

/** Rows of a sweep by name. */
export interface NamedRows {
  sweep: string;
  rows: readonly SweepRow[];
}

/** One row a point and measure. Of one seed there is no deviation; `current` is false of results of another version. */
export function sweepCsv(sweeps: readonly NamedRows[]): string {
  const paths = [
    ...new Set(
      sweeps.flatMap(({ rows }) =>
        rows.toSorted((a, b) => Object.keys(b.at).length - Object.keys(a.at).length).flatMap(({ at }) => Object.keys(at)),
      ),
    ),
  ];
  const head = [
    'sweep',
    ...paths,
    'baseline',
    'step',
    'measure',
    'labels_per_class',
    'mean',
    'sd',
    'n',
    'seeds',
    'version',
    'current',
  ];
  const rows = sweeps.flatMap(({ sweep, rows }) =>
    rows.map(({ at, baseline, step, measure, labelsPerClass, spread, seeds, version }) => [
      sweep,
      ...paths.map((path) => at[path]),
      baseline,
      step,
      measure,
      labelsPerClass === 0 ? 'all' : labelsPerClass,
      spread.mean,
      spread.deviation,
      spread.count,
      seeds.join(' '),
      version,
      version === RESULTS_VERSION,
    ]),
  );
  return toCsv([head, ...rows]);
}

/** The same as JSON; what is not known is null. */
export function sweepJson(sweeps: readonly NamedRows[]): string {
  const rows = sweeps.flatMap(({ sweep, rows }) =>
    rows.map(({ spread: { mean, deviation, count }, ...row }) => ({
      sweep,
      ...row,
      mean,
      sd: deviation,
      n: count,
      current: row.version === RESULTS_VERSION,
    })),
  );
  return `${JSON.stringify(rows, null, 1)}\n`;
}
