/** Files of rows: which of their columns are read, and their rows as sources of samples. */
import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { within } from '../../base/share.ts';
import type { Entry } from '../entries.ts';
import { isNamedLikeJson } from '../fileNames.ts';
import { groupBy } from '../groupBy.ts';
import type { Refusal, TableGlance } from '../samples.ts';
import { NO_CLASS } from '../select.ts';
import type { Source } from '../sources/source.ts';
import { HELD_OUT_KINDS, type Split, splitName } from '../splitWords.ts';
import { type Columns, choosingColumns, findingSplit, type WantedColumns } from '../tables/columns.ts';
import { readingDelimited } from '../tables/delimited.ts';
import { readingJson } from '../tables/jsonRows.ts';
import { columnNamed, type Table } from '../tables/table.ts';
import { amountText, countText } from '../wording.ts';
import { type DecodedText, decodingText } from './encoding.ts';
import { countWords } from './words.ts';

/** A file of rows that has been read. */
export interface TextTable {
  entry: Entry;
  table: Table;
  decoded: Omit<DecodedText, 'text'>;
  columns: Columns;
}

export interface RowSource extends Source {
  table: TextTable;
  /** Rows of the table, by the index of their sample. */
  rows: Uint32Array;
}

/** Rows that a person is shown to choose columns by. */
const SHOWN_ROWS = 5;
const SHOWN_SIGNS = 80;

/** Of reading a table, what decoding takes. */
const DECODING = 0.3;
/** Rows after which whoever waits is asked whether to go on. */
const ROWS_AT_ONCE = 1000;

/** All of `readingTable` at once. */
export function readTable(bytes: Uint8Array, name: string): Pick<TextTable, 'table' | 'decoded'> {
  return drain(readingTable(bytes, name));
}

/** Yields the share that is done. Throws BadDataError when it is no table. */
export function* readingTable(bytes: Uint8Array, name: string): Generator<number, Pick<TextTable, 'table' | 'decoded'>, void> {
  const { text, ...decoded } = yield* within(decodingText(bytes), 0, DECODING);
  const isJson = isNamedLikeJson(name.replace(/\.gz$/i, ''));
  return { table: yield* within(isJson ? readingJson(text) : readingDelimited(text), DECODING, 1), decoded };
}

/**
 * Chooses the columns of several tables: those of the longest hold for all others that have columns of these names, as a small test
 * set does not tell its labels by itself. Tables without texts are refused. Yields the share of one table that is done.
 */
export function* choosingForAll(
  tables: readonly Omit<TextTable, 'columns'>[],
  wanted: WantedColumns,
  refused: Refusal[],
): Generator<number, TextTable[], void> {
  const chosen = new Map<Omit<TextTable, 'columns'>, Columns>();
  let lead: WantedColumns = wanted;
  for (const one of tables.toSorted((a, b) => b.table.count - a.table.count)) {
    try {
      const columns = yield* choosingColumns(one.table, fits(one.table, lead) ? lead : wanted);
      if (chosen.size === 0) lead = namesOf(one.table, columns);
      chosen.set(one, columns);
    } catch (error) {
      if (!(error instanceof BadDataError)) throw error;
      refused.push({ name: one.entry.path, reason: error.message });
    }
  }
  return tables.flatMap((one) => {
    const columns = chosen.get(one);
    return columns === undefined ? [] : [{ ...one, columns }];
  });
}

function fits({ columns }: Table, { text = '', labels = '' }: WantedColumns): boolean {
  return [text, labels].every((name) => name === '' || name === 'none' || columnNamed(columns, name) !== undefined);
}

function namesOf({ columns }: Table, { text, label }: Columns): WantedColumns {
  return { text: columns[text], labels: label === undefined ? 'none' : columns[label] };
}

/** The rows that hold words, one source for each side of a split that a column tells. Yields the share that is done. */
export function* sortingRows(one: TextTable, refused: Refusal[]): Generator<number, RowSource[], void> {
  const { table, columns, entry } = one;
  const full: number[] = [];
  for (let row = 0; row < table.count; row++) {
    if (row % ROWS_AT_ONCE === 0) yield row / table.count;
    if (countWords(table.cell(row, columns.text), 1) > 0) full.push(row);
  }
  tellLeft(one, full.length, refused);
  const source = (rows: readonly number[], split: Split | undefined): RowSource => ({
    table: one,
    rows: Uint32Array.from(rows),
    path: entry.path,
    count: rows.length,
    split,
    classOf: (index) => labelOf(one, rows[index] ?? 0),
  });
  const sides = yield* splittingRows(one, full, refused);
  if (sides === undefined) return full.length === 0 ? [] : [source(full, undefined)];
  return [source(sides.train, 'train'), source(sides.heldOut, 'heldOut')];
}

function labelOf({ table, columns: { label } }: TextTable, row: number): string | undefined {
  if (label === undefined) return undefined;
  const value = table.cell(row, label).trim();
  return value === '' ? NO_CLASS : value;
}

function tellLeft({ entry, table }: TextTable, used: number, refused: Refusal[]): void {
  const tell = (count: number, reason: string): void => {
    refused.push({ name: entry.path, reason, sums: { modality: 'text', count } });
  };
  const { left } = table;
  if (left.count > 0) {
    const more = left.count > 1 ? `, and ${amountText(left.count - 1, 'row')} more` : '';
    tell(left.count, `${left.first}${more}: left out.`);
  }
  const empty = table.count - used;
  if (empty > 0) tell(empty, `${amountText(empty, 'row')} without a word: left out.`);
}

/** The rows of both sides where a column names them: `train` and `test`, say. What is of a third kind is left aside. */
function* splittingRows(
  { table, entry, columns }: TextTable,
  rows: readonly number[],
  refused: Refusal[],
): Generator<number, Record<Split, number[]> | undefined, void> {
  const column = yield* findingSplit(table);
  if (column === undefined || column === columns.text || column === columns.label) return undefined;
  const kinds = groupBy(rows, (row) => splitName(table.cell(row, column))?.kind);
  const tested = HELD_OUT_KINDS.find((kind) => kinds.has(kind));
  const train = kinds.get('train');
  if (tested === undefined || train === undefined) return undefined;
  const sides = { train, heldOut: kinds.get(tested) ?? [] };
  const aside = rows.length - sides.train.length - sides.heldOut.length;
  if (aside > 0) {
    const reason = `${amountText(aside, 'row')} left aside: by the column "${table.columns[column]}" ${tested} is tested on.`;
    refused.push({ name: entry.path, reason, sums: { modality: 'text', count: aside } });
  }
  return sides;
}

/** What was read of the tables, in sentences. */
export function tableNotes(tables: readonly TextTable[]): string[] {
  const groups = groupBy(tables, ({ table, columns: { text, label } }) => {
    const labels = label === undefined ? '' : `, class = "${table.columns[label]}"`;
    return `text = "${table.columns[text]}"${labels}`;
  });
  const chosen = [...groups].map(([said, some]) => {
    const where =
      groups.size === 1 ? '' : ` in ${some[0].entry.path}${some.length > 1 ? ` and ${countText(some.length - 1)} more` : ''}`;
    return `Columns${where}: ${said}.`;
  });
  const [longest] = tables.toSorted((a, b) => b.table.count - a.table.count);
  const others = tables.flatMap(({ table, entry }) => table.notes.map((note) => `${entry.path}: ${note}`));
  return [...chosen, ...(longest?.columns.notes ?? []), ...others];
}

/** What a person chooses columns by: the longest table. */
export function glanceAt(tables: readonly TextTable[]): TableGlance | undefined {
  const [longest] = tables.toSorted((a, b) => b.table.count - a.table.count);
  if (longest === undefined) return undefined;
  const { table, columns, entry } = longest;
  const cell = (row: number, column: number): string => table.cell(row, column).slice(0, SHOWN_SIGNS);
  const rows = Array.from({ length: Math.min(SHOWN_ROWS, table.count) }, (_, row) => table.columns.map((_, i) => cell(row, i)));
  const { text, label } = columns;
  return { path: entry.path, columns: [...table.columns], rows, text, ...(label !== undefined && { label }) };
}
