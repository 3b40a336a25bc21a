/** What a sample is cut into: the one description of tokens that all floors share. */
import type { ModalityName, Sense } from './names.ts';

/** Cells that tokens come from: [rows, columns] in raster order, or [n] on a line. */
export type Grid = readonly number[];

export interface Tokens {
  readonly modality: ModalityName;
  readonly grid: Grid;
  /** Tokens of one sample (n). */
  readonly count: number;
  /** Shape of one token's numbers, the last axis running fastest: (row, column, channel) of a picture's patch. */
  readonly layout: readonly number[];
  /** Numbers of one token; 1 where it is the id of a word. */
  readonly length: number;
  /** How many words there are, special ones included, where a token is the id of one; absent where a token is numbers. */
  readonly vocabulary?: number;
  /** Of samples with several members: what each is cut into. The tokens of all lie on one line then, without numbers of their own. */
  readonly members?: readonly Tokens[];
}

/** What only the samples know of their tokens. */
export interface Traits {
  /** Numbers of a pixel; 1 where there are no pixels. */
  readonly channels: 1 | 3;
  /** See `Tokens.vocabulary`. */
  readonly vocabulary?: number;
  /** Of samples with several members: those of each. */
  readonly members?: Readonly<Partial<Record<Sense, Traits>>>;
}

/** Words of every vocabulary that are in no text: a place behind the text's end, a masked word, one that the vocabulary lacks. */
export const EMPTY = 0;
export const MASK = 1;
export const UNKNOWN = 2;
/** From here on ids are words of texts: only these are masked and predicted. */
export const FIRST_WORD = 3;

/** Whether an id stands for something that a text holds. */
export function isReal(id: number): boolean {
  return id >= UNKNOWN;
}

/** A grid's cells. */
export function cellCount(grid: Grid): number {
  return product(grid);
}

/** Rows and columns of a grid; a line is a grid of one row. */
export function sidesOf(grid: Grid): readonly [rows: number, columns: number] {
  const [first = 1, second] = grid;
  return second === undefined ? [1, first] : [first, second];
}

/** "4 x 4" of a grid, "16" of a line. */
export function gridText(grid: Grid): string {
  return grid.join(' x ');
}

/** @param vocabulary how many words there are, where tokens are ids of words */
export function tokensOn(modality: ModalityName, grid: Grid, layout: readonly number[], vocabulary?: number): Tokens {
  const tokens = { modality, grid, count: cellCount(grid), layout, length: product(layout) };
  return vocabulary === undefined ? tokens : { ...tokens, vocabulary };
}

function product(sides: readonly number[]): number {
  return sides.reduce((all, side) => all * side, 1);
}
