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
  fits: NonNullable<UnitResult['results'][number]['fit']>[];
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

/** Test less training loss, and how far the encoder went from its start: where something was fine-tuned. */
const FIT_HEADINGS = ['gap', 'moved'];

/** One row for each experiment, protocol and size, in the order in which they come. */
export function resultsTable(results: readonly UnitResult[]): string {
  const rows = rowsOf(results.filter(({ sweep }) => sweep === undefined));
  const fitted = rows.some(({ fits }) => fits.length > 0);
  const cells = [
    [...HEADINGS, ...(fitted ? FIT_HEADINGS : [])],
    ...rows.map((row) => [...cellsOf(row), ...(fitted ? fitCells(row) : [])]),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
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
    for (const { protocol, contender, labelsPerClass, accuracy, seconds, gflop, fit, pretraining: own } of tasks) {
      const name = contender === undefined ? experiment : `${experiment}: ${contender}`;
      const key = JSON.stringify([name, protocol, labelsPerClass]);
      const row = rows.get(key) ?? {
        experiment: name,
        protocol,
        labelsPerClass,
        accuracies: [],
        seconds: [],
        gflop: [],
        fits: [],
        pretraining: [],
      };
      rows.set(key, row);
      row.accuracies.push(accuracy);
      row.seconds.push(seconds);
      row.gflop.push(gflop);
      if (fit !== undefined) row.fits.push(fit);
      row.pretraining.push(own === undefined ? pretraining : own);
    }
  }
  return [...rows.values()];
}

function cellsOf({ experiment, protocol, labelsPerClass, accuracies, seconds, gflop, pretraining }: Row): string[] {
  const known = pretraining.filter((cost) => cost !== null);
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

function fitCells({ fits }: Row): string[] {
  return [
    mean(
      fits.map(({ testLoss, trainLoss }) => testLoss - trainLoss),
      3,
    ),
    mean(
      fits.map(({ distance }) => distance),
      2,
    ),
  ];
}

function mean(values: readonly number[], digits = 1): string {
  return values.length === 0 ? '-' : spreadOf(values).mean.toFixed(digits);
}
