/** Tables as JSON: a list of objects, or one object on every line (JSON Lines). */

import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { tidySigns } from '../text/encoding.ts';
import { countText } from '../wording.ts';
import { checkColumns, checkRows, type LeftRows, type Table } from './table.ts';

/** A list of texts without names is a column of this name. */
const ONLY_COLUMN = 'text';
/** Columns whose names are listed in a sentence. */
const NAMED = 4;

/** Rows after which whoever waits is asked whether to go on. */
const ROWS_AT_ONCE = 500;

interface Value {
  /** Undefined where the line is not JSON. */
  value: unknown;
  /** Of its row, the first being 1. */
  number: number;
  /** Of all rows, the part that is done with it. */
  share: number;
}

/** All of `readingJson` at once. */
export function readJson(text: string, most?: number): Table {
  return drain(readingJson(text, most));
}

/**
 * Reads a list of objects, an object with such a list in it, or JSON Lines. Words, numbers, true and false are cells; lists and objects
 * within a row are not. Yields the share that is done. Throws BadDataError when it is none of these, or more than a tenth of the rows
 * are not.
 *
 * @param most rows that are read; all unless told
 */
export function* readingJson(text: string, most = Number.POSITIVE_INFINITY): Generator<number, Table, void> {
  const whole = parse(text);
  if (whole !== undefined) {
    const list = listIn(whole.value);
    // One line of JSON Lines is whole JSON.
    if (list === undefined && !isObject(whole.value))
      throw new BadDataError('holds no list of objects: one for each text is needed.');
    return yield* readingRows(inList(list ?? [whole.value]), most);
  }
  if (/^\s*\[/.test(text)) throw new BadDataError('is not whole JSON: it is damaged, or cut off.');
  return yield* readingRows(inLines(text), most);
}

function* inList(list: readonly unknown[]): Generator<Value, void, void> {
  for (const [i, value] of list.entries()) yield { value, number: i + 1, share: (i + 1) / list.length };
}

/** One after the other, so that no more than one lies in memory as an object. */
function* inLines(text: string): Generator<Value, void, void> {
  for (let from = 0, number = 1; from < text.length; number++) {
    const found = text.indexOf('\n', from);
    const end = found === -1 ? text.length : found;
    const line = text.slice(from, end);
    if (line.trim() !== '') yield { value: parse(line)?.value, number, share: end / text.length };
    from = end + 1;
  }
}

function parse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The list itself, or the longest in an object, as many data sets have beside their version. */
function listIn(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const lists = Object.values(value).filter((inner): inner is unknown[] => Array.isArray(inner) && inner.some(isObject));
  return lists.sort((a, b) => b.length - a.length)[0];
}

function* readingRows(values: Iterable<Value>, most: number): Generator<number, Table, void> {
  const cells = new Map<string, string[]>();
  const numbers: number[] = [];
  const nested = new Set<string>();
  const left: LeftRows = { count: 0, first: undefined };
  let isCutOff = false;
  for (const { value, number, share } of values) {
    const seen = numbers.length + left.count;
    isCutOff = seen === most;
    if (isCutOff) break;
    if (seen % ROWS_AT_ONCE === 0) yield share;
    const row = typeof value === 'string' ? { [ONLY_COLUMN]: value } : value;
    if (isObject(row)) {
      addRow(row, cells, nested, numbers.length);
      numbers.push(number);
    } else {
      left.count++;
      left.first ??= `row ${countText(number)} is ${value === undefined ? 'not JSON' : 'no object'}`;
    }
  }
  const columns = [...cells.keys()];
  const table: Table = {
    columns,
    count: numbers.length,
    cell: (row, column) => cells.get(columns[column] ?? '')?.[row] ?? '',
    numberOf: (row) => numbers[row],
    left,
    isCutOff,
    notes: nestedNotes([...nested].filter((key) => !cells.has(key))),
  };
  if (table.count + left.count === 0) throw new BadDataError('has no rows.');
  checkRows(table, 'is it JSON, with one object for each text?');
  return table;
}

function addRow(row: Record<string, unknown>, cells: Map<string, string[]>, nested: Set<string>, index: number): void {
  for (const [key, inner] of Object.entries(row)) {
    if (typeof inner === 'object' && inner !== null) nested.add(key);
    else if (inner !== null) columnOf(cells, key)[index] = typeof inner === 'string' ? tidySigns(inner) : String(inner);
  }
}

function columnOf(cells: Map<string, string[]>, key: string): string[] {
  const known = cells.get(key);
  if (known !== undefined) return known;
  const column: string[] = [];
  cells.set(key, column);
  checkColumns(cells.size);
  return column;
}

function nestedNotes(keys: readonly string[]): string[] {
  if (keys.length === 0) return [];
  const more = keys.length > NAMED ? `, ... (${countText(keys.length)})` : '';
  return [`Lists and objects within rows are not read: ${keys.slice(0, NAMED).join(', ')}${more}.`];
}
