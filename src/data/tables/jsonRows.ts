/** Tables as JSON: a list of objects, or one object on every line (JSON Lines). */
import { BadDataError } from '../../base/errors.ts';
import { tidySigns } from '../text/encoding.ts';
import { countText } from '../wording.ts';
import { checkColumns, checkRows, type LeftRows, type Table } from './table.ts';

/** A list of texts without names is a column of this name. */
const ONLY_COLUMN = 'text';
/** Columns whose names are listed in a sentence. */
const NAMED = 4;

/**
 * Reads a list of objects, an object with such a list in it, or JSON Lines. Words, numbers, true and false are cells; lists and objects
 * within a row are not. Throws BadDataError when it is none of these, or more than a tenth of the rows are not.
 */
export function readJson(text: string): Table {
  const whole = parse(text);
  if (whole !== undefined) {
    const list = listIn(whole.value);
    // One line of JSON Lines is whole JSON.
    if (list === undefined && !isObject(whole.value))
      throw new BadDataError('holds no list of objects: one for each text is needed.');
    return tableOf(list ?? [whole.value], (row) => row + 1);
  }
  if (/^\s*\[/.test(text)) throw new BadDataError('is not whole JSON: it is damaged, or cut off.');
  return readLines(text);
}

function readLines(text: string): Table {
  const values: unknown[] = [];
  const numbers: number[] = [];
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    values.push(parse(line)?.value);
    numbers.push(i + 1);
  }
  return tableOf(values, (row) => numbers[row]);
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

function tableOf(values: readonly unknown[], numberOfValue: (index: number) => number): Table {
  const cells = new Map<string, string[]>();
  const numbers: number[] = [];
  const nested = new Set<string>();
  const left: LeftRows = { count: 0, first: undefined };
  for (const [i, value] of values.entries()) {
    const row = typeof value === 'string' ? { [ONLY_COLUMN]: value } : value;
    if (!isObject(row)) {
      left.count++;
      left.first ??= `row ${countText(numberOfValue(i))} is ${value === undefined ? 'not JSON' : 'no object'}`;
      continue;
    }
    for (const [key, inner] of Object.entries(row)) {
      if (typeof inner === 'object' && inner !== null) nested.add(key);
      else if (inner !== null)
        columnOf(cells, key)[numbers.length] = typeof inner === 'string' ? tidySigns(inner) : String(inner);
    }
    numbers.push(numberOfValue(i));
  }
  const columns = [...cells.keys()];
  const table: Table = {
    columns,
    count: numbers.length,
    cell: (row, column) => cells.get(columns[column] ?? '')?.[row] ?? '',
    numberOf: (row) => numbers[row],
    left,
    notes: nestedNotes([...nested].filter((key) => !cells.has(key))),
  };
  if (table.count + left.count === 0) throw new BadDataError('has no rows.');
  checkRows(table, 'is it JSON, with one object for each text?');
  return table;
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
