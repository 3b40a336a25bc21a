/** Which column of a table holds the texts, and which their labels. */
import { drain } from '../../base/drain.ts';
import { BadDataError } from '../../base/errors.ts';
import { splitName } from '../splitWords.ts';
import { countWords } from '../text/words.ts';
import { countText } from '../wording.ts';
import { columnNamed, type Table, TEXT_NAMES } from './table.ts';

export interface WantedColumns {
  /** Name of the column of texts, or its number from 1; '' where it is found out. */
  text?: string;
  /** The same of labels; `none` where there are to be none. */
  labels?: string;
}

export interface Columns {
  text: number;
  /** Absent where nothing names classes. */
  label?: number;
  /** Other columns that may hold labels. */
  alternatives: number[];
  /** What there is to say of the choice, a sentence each. */
  notes: string[];
}

const LABEL_NAMES = [
  'label',
  'labels',
  'class',
  'category',
  'target',
  'topic',
  'sentiment',
  'stars',
  'rating',
  'intent',
  'emotion',
];
const SPLIT_NAMES = ['split', 'subset', 'partition', 'fold'];
const NO_LABELS = 'none';
/** Rows and words by which columns are compared. */
const COMPARED_ROWS = 1000;
const COMPARED_WORDS = 100;
const COMPARED_SIGNS = 4000;
/** Without one row of so many words there is no text. */
const FEWEST_WORDS = 4;
const MOST_CLASSES = 100;
const MOST_NUMBERS = 20;
const MOST_SIGNS = 100;
const LISTED = 8;
/** Rows after which whoever waits is asked whether to go on. */
const ROWS_AT_ONCE = 1000;
const NUMBER = /^-?\d+([.,]\d+)?$/;

/** All of `choosingColumns` at once. */
export function chooseColumns(table: Table, wanted?: WantedColumns): Columns {
  return drain(choosingColumns(table, wanted));
}

/** Yields the share that is done. Throws BadDataError when a column that was asked for is not there, or none holds texts. */
export function* choosingColumns(table: Table, wanted: WantedColumns = {}): Generator<number, Columns, void> {
  const { text: wantedText = '', labels: wantedLabels = '' } = wanted;
  const text = wantedText === '' ? findText(table) : wantedColumn(table, wantedText);
  if (wantedLabels.toLowerCase() === NO_LABELS && columnNamed(table.columns, NO_LABELS) === undefined)
    return { text, alternatives: [], notes: [] };
  if (wantedLabels !== '') return { text, label: wantedColumn(table, wantedLabels), alternatives: [], notes: [] };
  return { text, ...(yield* findingLabels(table, text)) };
}

/** The number of a column from 0. */
function wantedColumn({ columns }: Table, wanted: string): number {
  const index = columnNamed(columns, wanted) ?? (/^\d+$/.test(wanted) ? Number(wanted) - 1 : -1);
  if (columns[index] !== undefined) return index;
  const more = columns.length > LISTED ? ', ...' : '';
  const list = columns.slice(0, LISTED).join(', ');
  throw new BadDataError(`has no column "${wanted}": ${columns.length === 1 ? 'its only one is' : 'they are'} ${list}${more}.`);
}

/** The column with the most words on average; of equals one that is named like texts, else the first. */
function findText(table: Table): number {
  const rows = someRows(table.count);
  const words = table.columns.map((_, column) => {
    const counts = rows.map((row) => countWords(table.cell(row, column).slice(0, COMPARED_SIGNS), COMPARED_WORDS));
    return { most: Math.max(0, ...counts), sum: counts.reduce((sum, count) => sum + count, 0) };
  });
  if (words.every(({ most }) => most < FEWEST_WORDS)) {
    throw new BadDataError(`has no column with texts in it: no row has ${FEWEST_WORDS} words.`);
  }
  const named = columnNamed(table.columns, ...TEXT_NAMES);
  return words.reduce((best, { sum }, i) => (sum > words[best].sum || (sum === words[best].sum && i === named) ? i : best), 0);
}

/** Evenly chosen. */
function someRows(count: number): number[] {
  const shown = Math.min(count, COMPARED_ROWS);
  return Array.from({ length: shown }, (_, i) => Math.floor((i * count) / shown));
}

/** The column that tells which rows are trained and tested on, by its name and by all its values; undefined where there is none. */
export function* findingSplit(table: Table): Generator<number, number | undefined, void> {
  const column = columnNamed(table.columns, ...SPLIT_NAMES);
  if (column === undefined) return undefined;
  const values = [...((yield* countingValues(table, column))?.keys() ?? [])];
  return values.length > 1 && values.every((value) => splitName(value) !== undefined) ? column : undefined;
}

function* findingLabels(table: Table, text: number): Generator<number, Omit<Columns, 'text'>, void> {
  const named = columnNamed(table.columns, ...LABEL_NAMES);
  const split = yield* findingSplit(table);
  const values: (Map<string, number> | undefined)[] = [];
  for (const column of table.columns.keys()) {
    values.push(column === text || column === split ? undefined : yield* countingValues(table, column));
  }
  const fitting = values.flatMap((found, column) => (found !== undefined && isLabel(found) ? [column] : []));
  const words = fitting.filter((column) => ![...(values[column]?.keys() ?? [])].every((value) => NUMBER.test(value)));
  const label = fitting.find((column) => column === named) ?? words[0] ?? fitting[0];
  const alternatives = fitting.filter((column) => column !== label);
  if (label === undefined) return { alternatives, notes: named === undefined ? [] : whyNot(table, named, values[named]) };
  const name = (column: number) => `"${table.columns[column]}"`;
  const others = alternatives.length > 0 ? ` ${alternatives.map(name).join(', ')} may be one too.` : '';
  return { label, alternatives, notes: others === '' ? [] : [`${name(label)} was taken as the column of labels.${others}`] };
}

/** How often each value stands in a column; undefined where there are too many of them, or too long ones. */
function* countingValues(table: Table, column: number): Generator<number, Map<string, number> | undefined, void> {
  const counts = new Map<string, number>();
  for (let row = 0; row < table.count; row++) {
    if (row % ROWS_AT_ONCE === 0) yield row / table.count;
    const value = table.cell(row, column).trim();
    if (value === '') continue;
    if (value.length > MOST_SIGNS) return undefined;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MOST_CLASSES) return undefined;
  }
  return counts;
}

/** 2 to 100 values that each recur; no more than 20 where they are numbers. */
function isLabel(values: ReadonlyMap<string, number>): boolean {
  if (values.size < 2 || [...values.values()].some((count) => count < 2)) return false;
  return values.size <= MOST_NUMBERS || ![...values.keys()].every((value) => NUMBER.test(value));
}

function whyNot({ columns }: Table, column: number, values: ReadonlyMap<string, number> | undefined): string[] {
  const name = `The column "${columns[column]}"`;
  if (values === undefined) return [`${name} has more than ${MOST_CLASSES} values, or long ones: it was not taken as labels.`];
  const [[first] = []] = values;
  if (values.size === 1) return [`All have the label "${first}": usable without labels.`];
  if (values.size === 0) return [`${name} is empty: usable without labels.`];
  const once = [...values.values()].filter((count) => count < 2).length;
  if (once === 0) return [`${name} holds ${countText(values.size)} numbers: it was not taken as labels.`];
  return [`${name} has values that stand there only once (${countText(once)}): it was not taken as labels.`];
}
