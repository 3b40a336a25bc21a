/** A robustness study as tables for people: mean and spread over seeds, in percent. */
import { STRATA, subsetsOf } from '../../config/subsets.ts';
import { groupBy } from '../../data/groupBy.ts';
import { type AccuracyTable, robustnessOf, type Selection } from '../../metrics/robustness.ts';
import { spreadOf } from '../../metrics/spread.ts';
import { tableOf } from '../../trainer/robustness/table.ts';
import type { TestedRow } from './rows.ts';

const SELECTIONS: readonly Selection[] = ['all', ...STRATA];

/** Every method's accuracies, then performance and robustness. */
export function robustnessTables(rows: readonly TestedRow[]): string {
  if (rows.length === 0) return '';
  const methods = [...new Set(rows.filter(({ alpha }) => alpha === undefined).map(({ method }) => method))];
  const tables = methods.map((method) => {
    const own = rows.filter((row) => row.method === method && row.alpha === undefined);
    return `${method}: accuracy in %\n${accuracyTable(own)}\n`;
  });
  return [...tables, robustnessTable(rows)].join('\n');
}

/** One line for each method: performance / robustness of every stratum. */
export function robustnessTable(rows: readonly TestedRow[]): string {
  const methods = groupBy(rows, ({ method, alpha }) => (alpha === undefined ? method : `${method}+W${alpha}`));
  const heading = ['P / R in %', ...SELECTIONS, 'seeds'];
  const lines = [...methods].map(([name, own]) => {
    const seeds = [...groupBy(own, ({ seed }) => String(seed)).values()].map(([own]) =>
      tableOf(rows, own.senses.split('+'), own),
    );
    return [name, ...SELECTIONS.map((selection) => cellOf(seeds, selection)), String(seeds.length)];
  });
  return align([heading, ...lines]);
}

/** Accuracies of one method on every pair of subsets: a line for each training subset. */
export function accuracyTable(rows: readonly TestedRow[]): string {
  const subsets = subsetsOf((rows[0]?.senses ?? '').split('+'));
  const lines = subsets.map((trained) => {
    const own = rows.filter(({ trainedOn }) => trainedOn === trained.join('+'));
    return [trained.join('+'), ...subsets.map((_, e) => percent(own.map(({ accuracy }) => accuracy[e])))];
  });
  const counts = ['test samples', ...(rows[0]?.counts ?? []).map(String)];
  return align([['labels for \\ tested on', ...subsets.map((subset) => subset.join('+'))], counts, ...lines]);
}

function cellOf(seeds: readonly AccuracyTable[], selection: Selection): string {
  const found = seeds.map((table) => robustnessOf(table, selection));
  return `${percent(found.map(({ performance }) => performance))} / ${percent(found.map(({ robustness }) => robustness))}`;
}

function percent(values: readonly number[]): string {
  const { count, mean, deviation } = spreadOf(values.map((value) => 100 * value));
  if (count === 0 || Number.isNaN(mean)) return '-';
  return count === 1 ? mean.toFixed(1) : `${mean.toFixed(1)}±${deviation.toFixed(1)}`;
}

function align(cells: readonly (readonly string[])[]): string {
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells
    .map((row) => row.map((text, c) => (c === 0 ? text.padEnd(widths[c]) : text.padStart(widths[c]))).join('  '))
    .join('\n');
}
