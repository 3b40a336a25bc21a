/** Tables with a separator: CSV, TSV and their relatives. Which separator it is, and whether the first row holds names, is found out. */

import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { countText } from '../wording.ts';
import { Fields } from './fields.ts';
import { checkRows, type LeftRows, type Table, TEXT_NAMES } from './table.ts';

export interface DelimitedOptions {
  /** Whether the first row holds the names of the columns; found out unless told. */
  header?: boolean;
  /** Rows that are read at most, one of names not counted; all unless told. */
  most?: number;
}

export interface DelimitedTable extends Table {
  /** '' where every line is one field. */
  separator: string;
  hasHeader: boolean;
}

/**
 * Of separators that fit equally well the first is meant: who writes 1,5;2,5 separates by semicolons, and commas are in every text.
 */
const SEPARATORS = ['\t', ';', '|', ','];
const NAMES: Readonly<Record<string, string>> = { '\t': 'tab', ';': 'semicolon', '|': 'bar', ',': 'comma' };
/** Rows and characters by which the separator is found out. */
const TRIED_ROWS = 1000;
const TRIED_CHARACTERS = 2 ** 20;
/** A separator that gives fewer rows the same width is none. */
const FITTING = 0.3;
/** Names of columns have at most so many words and signs. */
const NAME_WORDS = 6;
const NAME_SIGNS = 60;
/** Rows among which a name must not stand as a value. */
const ROWS_BELOW_NAMES = 200;
const NUMBER = /^\s*[-+]?(\d+([.,]\d*)*|[.,]\d+)(e[-+]?\d+)?\s*%?\s*$/i;

/** All of `readingDelimited` at once. */
export function readDelimited(text: string, options?: DelimitedOptions): DelimitedTable {
  return drain(readingDelimited(text, options));
}

/**
 * Reads a table by RFC 4180, with quotes that are set wrongly taken as signs. Rows of another width than most are left out. Yields the
 * share that is done. Throws BadDataError when a quote is never closed, or more than a tenth of the rows have another width.
 * @param text with `\n` at the ends of its lines
 */
export function* readingDelimited(
  text: string,
  { header, most = Number.POSITIVE_INFINITY }: DelimitedOptions = {},
): Generator<number, DelimitedTable, void> {
  const separator = findSeparator(text);
  // One more than there may be, and one of names.
  const { fields, notes } = yield* readingFields(text, separator, most + 2);
  if (fields.count === 0) throw new BadDataError('has no rows.');
  const width = commonWidth(fields).width;
  const { fitting, left } = sortOut(fields, width);
  const hasHeader = header ?? isHeader(fields, fitting, width);
  const rows = hasHeader ? fitting.subarray(1) : fitting;
  const columns = Array.from({ length: width }, (_, i) => {
    const name = hasHeader ? fields.at(fitting[0] ?? 0, i).trim() : '';
    return name === '' ? `column ${i + 1}` : name;
  });
  const table = {
    separator,
    hasHeader,
    columns,
    count: rows.length,
    cell: (row: number, column: number) => fields.at(rows[row], column),
    numberOf: (row: number) => rows[row] + 1,
    left,
    isCutOff: fields.count - Number(hasHeader) > most,
    notes,
  };
  const by =
    separator === '' ? 'every line was taken as one column' : `the ${NAMES[separator]} was taken as the separator: is it right?`;
  checkRows(table, by);
  return table;
}

/** The separator that gives most rows the same width above 1; '' where none does. */
function findSeparator(text: string): string {
  const start = text.length > TRIED_CHARACTERS ? text.slice(0, TRIED_CHARACTERS) : text;
  let best = '';
  let most = 0;
  for (const separator of SEPARATORS) {
    const fields = drain(Fields.reading(start, separator, true, TRIED_ROWS));
    const { width, count } = commonWidth(fields);
    const isNamed = fields.count > 0 && fields.width(0) === width;
    if (width < 2 || count < FITTING * fields.count || count <= most) continue;
    // Without it in the first row it is a sign of the texts, unless nearly all rows have it.
    if (!isNamed && count < (1 - FITTING) * fields.count) continue;
    best = separator;
    most = count;
  }
  return best;
}

/** The width that most rows have, and how many do; of two the smaller. */
function commonWidth(fields: Fields): { width: number; count: number } {
  const counts = new Map<number, number>();
  for (let row = 0; row < fields.count; row++) counts.set(fields.width(row), (counts.get(fields.width(row)) ?? 0) + 1);
  let common = { width: 1, count: 0 };
  for (const [width, count] of [...counts].sort(([a], [b]) => a - b)) if (count > common.count) common = { width, count };
  return common;
}

/** With quotes as RFC 4180 has them, unless more rows fit where they are signs like others. */
function* readingFields(
  text: string,
  separator: string,
  most: number,
): Generator<number, { fields: Fields; notes: string[] }, void> {
  const fields = yield* Fields.reading(text, separator, true, most);
  if (fields.unclosed === undefined && fields.oddQuotes === 0) return { fields, notes: [] };
  const plain = yield* Fields.reading(text, separator, false, most);
  const { count } = commonWidth(plain);
  const isBetter = count > commonWidth(fields).count && 10 * (plain.count - count) <= plain.count;
  if (isBetter) return { fields: plain, notes: ['Quotes are not in pairs: they are read as signs of the texts.'] };
  if (fields.unclosed !== undefined) {
    throw new BadDataError(
      `opens a quote in row ${countText(fields.unclosed + 1)} that is never closed: write quotes within quotes twice.`,
    );
  }
  return {
    fields,
    notes: [`Quotes within quotes that are not written twice are read as signs: ${countText(fields.oddQuotes)}.`],
  };
}

/** Rows of the right width. One that is longer by empty cells only is right too. */
function sortOut(fields: Fields, width: number): { fitting: Uint32Array; left: LeftRows } {
  const fitting = new Uint32Array(fields.count);
  const left: LeftRows = { count: 0, first: undefined };
  let count = 0;
  for (let row = 0; row < fields.count; row++) {
    const own = fields.width(row);
    if (own === width || (own > width && isEmptyFrom(fields, row, width))) fitting[count++] = row;
    else {
      left.count++;
      left.first ??= `row ${countText(row + 1)} has ${own === 1 ? '1 column' : `${countText(own)} columns`}, the others ${countText(width)}`;
    }
  }
  return { fitting: fitting.subarray(0, count), left };
}

function isEmptyFrom(fields: Fields, row: number, column: number): boolean {
  for (let i = column; i < fields.width(row); i++) if (fields.at(row, i).trim() !== '') return false;
  return true;
}

/** Whether the first row names the columns: no number, all different, all short, and none of them a value of its column. */
function isHeader(fields: Fields, fitting: Uint32Array, width: number): boolean {
  if (fitting.length < 2 || fitting[0] !== 0) return false;
  const names = Array.from({ length: width }, (_, column) => fields.at(0, column).trim());
  // A list of texts may begin with a short one.
  if (width === 1) return TEXT_NAMES.includes(names[0]?.toLowerCase() ?? '');
  if (new Set(names).size < width || names.some((name) => NUMBER.test(name) || !isShort(name))) return false;
  return names.every((name, column) =>
    fitting.subarray(1, 1 + ROWS_BELOW_NAMES).every((row) => name === '' || fields.at(row, column).trim() !== name),
  );
}

function isShort(name: string): boolean {
  return name.length <= NAME_SIGNS && name.split(/\s+/).length <= NAME_WORDS;
}
