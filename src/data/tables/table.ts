/** Rows and columns of words, from whatever file they come. */
import { BadDataError } from '../../base/errors.ts';
import { amountText } from '../wording.ts';

export interface Table {
  columns: readonly string[];
  /** Rows, without one of names. */
  count: number;
  /** What stands in a cell; nothing where the row has none there. */
  cell(row: number, column: number): string;
  /** The number that a row has in its file, the first being 1: for messages. */
  numberOf(row: number): number;
  /** Rows that are not among `count`, as they fit none. */
  left: LeftRows;
  /** There are more rows than were to be read at most. */
  isCutOff: boolean;
  /** What there is to say of how the file was read, a sentence each. */
  notes: readonly string[];
}

export interface LeftRows {
  count: number;
  /** The first of them, with its number: "row 214 has 3 columns, the others 5". */
  first: string | undefined;
}

/** More than this share of rows that fit none is no accident. */
const MOST_LEFT = 0.1;
const MOST_COLUMNS = 1000;

/** Throws BadDataError where so many rows do not fit that the table was read wrongly. @param hint what may have gone wrong */
export function checkRows({ count, left, columns }: Pick<Table, 'count' | 'left' | 'columns'>, hint: string): void {
  if (left.count > MOST_LEFT * (count + left.count)) {
    const others = left.count > 1 ? `, and ${amountText(left.count - 1, 'row')} more` : '';
    throw new BadDataError(`${left.first}${others} (${hint}).`);
  }
  checkColumns(columns.length);
}

/** Throws BadDataError where there are so many columns that they are something else: pixels, or keys that are values. */
export function checkColumns(count: number): void {
  if (count > MOST_COLUMNS)
    throw new BadDataError(`has more than ${amountText(MOST_COLUMNS, 'column')}: it is no table of texts.`);
}

/** What a column of texts is called in data sets that people publish. */
export const TEXT_NAMES = [
  'text',
  'sentence',
  'caption',
  'transcription',
  'content',
  'body',
  'review',
  'comment',
  'tweet',
  'document',
];

/** The first of the columns with one of the names, whatever their case; undefined where none has. */
export function columnNamed(columns: readonly string[], ...names: readonly string[]): number | undefined {
  const lower = columns.map((column) => column.trim().toLowerCase());
  const found = names.map((name) => lower.indexOf(name.trim().toLowerCase())).find((index) => index !== -1);
  return found;
}
