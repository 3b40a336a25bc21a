/** Results as a table for people: mean and spread over seeds. */

import { groupBy } from '../../data/groupBy.ts';
import { formatSpread, spreadOf } from '../../metrics/spread.ts';
import { robustnessTables } from '../robustness/table.ts';
import type { UnitResult } from './results.ts';
import { sweepsIn, sweepTable } from './sweepResults.ts';

interface Row {
  experiment: string;
  protocol: string;
  labelsPerClass: number;
  accuracies: number[];
  seconds: number[];
  gflop: number[];
  pretraining: UnitResult['pretraining'][];
}

const HEADINGS = [
  'experiment',
  'protocol',
  'labels a class',
  'accuracy',
  'seconds',
  'GFLOP',
  'pretraining s',
  'pretraining GFLOP',
];

/** One row for each experiment, protocol and size, in the order in which they come. */
export function resultsTable(results: readonly UnitResult[]): string {
  const cells = [HEADINGS, ...rowsOf(results.filter(({ sweep }) => sweep === undefined)).map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  const lines = cells.map((row) =>
    row.map((text, column) => (column < 2 ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join('  '),
  );
  const studies = [
    ...groupBy(
      results.filter(({ rows }) => rows !== undefined),
      ({ experiment }) => experiment,
    ),
  ].map(([name, own]) => `\n${name}\n${robustnessTables(own.flatMap(({ rows = [] }) => rows))}`);
  const sweeps = sweepsIn(results).map(({ sweep, rows }) => `\n${sweep}\n${sweepTable(rows)}`);
  const failed = results.filter(({ error }) => error !== undefined);
  const isNeeded = cells.length > 1 || studies.length + sweeps.length === 0;
  return [
    ...(isNeeded ? lines : []),
    ...studies,
    ...sweeps,
    ...failed.map(({ experiment, seed, error }) => `failed: ${experiment}, seed ${seed}: ${error}`),
  ].join('\n');
}

function rowsOf(results: readonly UnitResult[]): Row[] {
  const rows = new Map<string, Row>();
  for (const { experiment, pretraining, results: tasks } of results) {
    for (const { protocol, labelsPerClass, accuracy, seconds, gflop } of tasks) {
      const key = JSON.stringify([experiment, protocol, labelsPerClass]);
      const row = rows.get(key) ?? {
        experiment,
        protocol,
        labelsPerClass,
        accuracies: [],
        seconds: [],
        gflop: [],
        pretraining: [],
      };
      rows.set(key, row);
      row.accuracies.push(accuracy);
      row.seconds.push(seconds);
      row.gflop.push(gflop);
      row.pretraining.push(pretraining);
    }
  }
  return [...rows.values()];
}

function cellsOf({ experiment, protocol, labelsPerClass, accuracies, seconds, gflop, pretraining }: Row): string[] {
  const known = pretraining.filter((cost) => cost !== null);
  const mean = (values: readonly number[]) => (values.length === 0 ? '-' : spreadOf(values).mean.toFixed(1));
  return [
    experiment,
    protocol,
    labelsPerClass === 0 ? 'all' : String(labelsPerClass),
    formatSpread(spreadOf(accuracies)),
    mean(seconds),
    mean(gflop),
    mean(known.map((cost) => cost.seconds)),
    mean(known.map((cost) => cost.gflop)),
  ];
}
