/** What a sample is cut into: the one description of tokens that all floors share. */
import type { ModalityName } from './names.ts';

/** Cells that tokens come from: [rows, columns] in raster order, or [n] on a line. */
export type Grid = readonly number[];

export interface Tokens {
  readonly modality: ModalityName;
  readonly grid: Grid;
  /** Tokens of one sample (n). */
  readonly count: number;
  /** Shape of one token's numbers, the last axis running fastest: (row, column, channel) of a picture's patch. */
  readonly layout: readonly number[];
  /** Numbers of one token. */
  readonly length: number;
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

export function tokensOn(modality: ModalityName, grid: Grid, layout: readonly number[]): Tokens {
  return { modality, grid, count: cellCount(grid), layout, length: product(layout) };
}

function product(sides: readonly number[]): number {
  return sides.reduce((all, side) => all * side, 1);
}
