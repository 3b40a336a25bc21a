/**
 * Which cells of a picture (or tokens of a line) a model sees. Every mask is drawn for one sample and says what is kept: it
 * returns all n cells, the kept ones first, then the removed ones, each group in random order, so that a model takes the
 * first `kept` rows and a row's number says nothing about where it comes from. The number of kept cells is always exact.
 *
 * A grid is [rows, columns] in raster order, or [n] for tokens on a line.
 */
import { invariant } from '../base/invariant.ts';
import type { Random } from '../base/random.ts';
import { keptCount } from '../config/counts.ts';

export type Grid = readonly number[];

export interface BlockOptions {
  /** Share of cells to remove (R). */
  ratio: number;
  /** Cells on one side of a block, or of a span on a line (B). */
  block: number;
  /** Share of cells drawn on top, because blocks overlap and are cut at the border (A). */
  adjust: number;
}

export function cellCount(grid: Grid): number {
  return grid.reduce((product, side) => product * side, 1);
}

/** MAE's mask: every set of `kept` cells is equally likely (methods 2.1). */
export function randomMask(grid: Grid, kept: number, random: Random): Int32Array {
  const n = cellCount(grid);
  checkKept(n, kept);
  return Int32Array.from(random.permutation(n));
}

/**
 * BEiT's mask (Bao et al. 2022, algorithm 1; methods 2.3): removes rectangles of random area and aspect, each as long as
 * it does not remove too much, until ten tries in a row add nothing; what is then missing is removed at random. On a line
 * the rectangles are spans. The smallest area is 16 of 196 cells, as in the paper.
 */
export function blockMask(grid: Grid, kept: number, random: Random): Int32Array {
  const n = cellCount(grid);
  checkKept(n, kept);
  const removed = new Uint8Array(n);
  const smallest = Math.max(1, Math.round((n * 16) / 196));
  let remaining = n - kept;
  while (remaining > 0) {
    const added = removeRectangle(removed, grid, smallest, remaining, random);
    if (added === 0) break;
    remaining -= added;
  }
  return keepLowest(removed, kept, random);
}

/**
 * MAE's grid-wise mask (He et al. 2022, table 1f): a regular grid, shifted at random. Cells are kept in the order of a Bayer
 * matrix: a quarter keeps one of each 2 x 2, a half a chequerboard, a sixteenth one of each 4 x 4. Between two such
 * counts the last cells come at random from those the next regular grid would add. On a line: every 16th token, every
 * 8th, 4th, second. On sides that are no multiple of 4 cells are kept about, not exactly, equally often.
 */
export function gridMask(grid: Grid, kept: number, random: Random): Int32Array {
  const n = cellCount(grid);
  checkKept(n, kept);
  const [, columns] = twoSides(grid);
  const right = random.below(16);
  const down = random.below(16);
  const rank = Uint8Array.from({ length: n }, (_, cell) =>
    grid.length === 1 ? lineRank(cell + right) : bayerRank(Math.floor(cell / columns) + down, (cell % columns) + right),
  );
  return keepLowest(rank, kept, random);
}

/**
 * data2vec 2.0's mask (Baevski et al. 2022; methods 3.5): keeps blocks, and exactly `kept` cells. How many blocks follows from the
 * ratio itself, not from the cells that it rounds to.
 */
export function inverseBlockMask(grid: Grid, kept: number, options: BlockOptions, random: Random): Int32Array {
  const { covered } = drawInverseBlocks(grid, options, random);
  checkKept(covered.length, kept);
  const outside = covered.map((flag) => 1 - flag);
  return keepLowest(outside, kept, random);
}

/**
 * data2vec 2.0's mask for speech (methods 3.6): what blocks cover, spans on a line, is removed, and exactly all but `kept` cells are. As
 * many centres are drawn as would cover n (R + A) cells without overlap; covered cells too many stay, missing ones are removed,
 * both at random.
 */
export function spanMask(grid: Grid, kept: number, options: BlockOptions, random: Random): Int32Array {
  const { covered } = drawBlocks(grid, options.ratio, options, random);
  checkKept(covered.length, kept);
  return keepLowest(covered, kept, random);
}

/**
 * The blocks of `inverseBlockMask` before it makes their number exact: as many centres as would cover
 * n (1 - R + A) cells without overlap, drawn with replacement, each marking block x block cells (a span on a line), cut
 * at the border. More covered cells than are to be kept are dropped at random, missing ones are added at random.
 *
 * @returns `covered` (n): 1 for a cell inside a block
 */
export function drawInverseBlocks(grid: Grid, options: BlockOptions, random: Random): { centres: number; covered: Uint8Array } {
  return drawBlocks(grid, 1 - options.ratio, options, random);
}

/** @param share of the cells that blocks would cover without overlap and adjustment */
function drawBlocks(
  grid: Grid,
  share: number,
  { ratio, block, adjust }: BlockOptions,
  random: Random,
): { centres: number; covered: Uint8Array } {
  const n = cellCount(grid);
  checkKept(n, keptCount(n, ratio));
  invariant(Number.isInteger(block) && block >= 1, `a block of ${block}`);
  const [rows, columns] = twoSides(grid);
  const centres = Math.floor((n * (share + adjust)) / block ** grid.length + 1e-9);
  const covered = new Uint8Array(n);
  const before = Math.floor(block / 2);
  for (let i = 0; i < centres; i++) {
    const centre = random.below(n);
    const top = Math.floor(centre / columns) - before;
    const left = (centre % columns) - before;
    for (let r = Math.max(0, top); r < Math.min(rows, top + block); r++) {
      covered.fill(1, r * columns + Math.max(0, left), r * columns + Math.min(columns, left + block));
    }
  }
  return { centres, covered };
}

/** Cells that stay under `unitMask` when ceil(ratio * units) units are removed; 0 when that is all of them. */
export function unitKeptCount(grid: Grid, unit: number, ratio: number): number {
  const n = cellCount(grid);
  const units = grid.reduce((product, side) => product * Math.ceil(side / unit), 1);
  return n - Math.floor((n * Math.ceil(ratio * units - 1e-9)) / units);
}

/**
 * SimMIM's mask (Xie et al. 2022; methods 2.2): removes whole units of unit x unit cells (spans of `unit` on a line), every
 * set of units equally likely. Give it `unitKeptCount` cells to keep and a unit that divides the sides; otherwise the
 * units at the right and bottom are smaller and one unit is removed in part.
 */
export function unitMask(grid: Grid, kept: number, unit: number, random: Random): Int32Array {
  const n = cellCount(grid);
  checkKept(n, kept);
  invariant(Number.isInteger(unit) && unit >= 1, `a mask unit of ${unit}`);
  const [rows, columns] = twoSides(grid);
  const across = Math.ceil(columns / unit);
  const rank = random.permutation(Math.ceil(rows / unit) * across);
  const rankOfCell = Uint32Array.from({ length: n }, (_, cell) => {
    const row = Math.floor(cell / columns);
    return rank[Math.floor(row / unit) * across + Math.floor((cell % columns) / unit)];
  });
  return keepLowest(rankOfCell, kept, random);
}

/** Keeps the `kept` cells of lowest rank, of equal rank at random. */
function keepLowest(rank: ArrayLike<number>, kept: number, random: Random): Int32Array {
  const n = rank.length;
  // Ranks are below n or 16: counting takes less time than sorting, and masks are drawn in every step.
  const next = new Int32Array(Math.max(n, 16) + 1);
  for (let cell = 0; cell < n; cell++) next[rank[cell] + 1]++;
  for (let i = 1; i < next.length; i++) next[i] += next[i - 1];
  const keep = new Uint8Array(n);
  for (const cell of random.permutation(n)) keep[cell] = next[rank[cell]]++ < kept ? 1 : 0;
  const order = new Int32Array(n);
  let nextKept = 0;
  let nextRemoved = kept;
  for (const cell of random.permutation(n)) order[keep[cell] === 1 ? nextKept++ : nextRemoved++] = cell;
  return order;
}

/** Marks one more rectangle in `removed`, of at most `remaining` new cells. Returns how many are new, 0 for no luck. */
function removeRectangle(removed: Uint8Array, grid: Grid, smallest: number, remaining: number, random: Random): number {
  const [rows, columns] = twoSides(grid);
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = random.between(smallest, remaining);
    const aspect = Math.exp(random.between(Math.log(0.3), -Math.log(0.3)));
    const height = grid.length === 1 ? 1 : Math.round(Math.sqrt(area * aspect));
    const width = grid.length === 1 ? Math.round(area) : Math.round(Math.sqrt(area / aspect));
    if (width >= columns || (grid.length > 1 && height >= rows)) continue;
    const top = random.below(rows - height + 1);
    const left = random.below(columns - width + 1);
    const cells = Array.from({ length: height * width }, (_, i) => (top + Math.floor(i / width)) * columns + left + (i % width));
    const fresh = cells.filter((cell) => removed[cell] === 0);
    if (fresh.length === 0 || fresh.length > remaining) continue;
    for (const cell of fresh) removed[cell] = 1;
    return fresh.length;
  }
  return 0;
}

/** 0..15: when a cell's turn comes in a 4 x 4 Bayer matrix, which spreads every first part of it evenly. */
function bayerRank(row: number, column: number): number {
  const turn = (bit: number): number => 2 * (((row ^ column) >> bit) & 1) + ((row >> bit) & 1);
  return 4 * turn(0) + turn(1);
}

/** 0..15: the same on a line, the last four bits of the index in reverse. */
function lineRank(index: number): number {
  return [0, 1, 2, 3].reduce((rank, bit) => 2 * rank + ((index >> bit) & 1), 0);
}

/** A line is a grid of one row. */
function twoSides(grid: Grid): readonly [number, number] {
  invariant(grid.length === 1 || grid.length === 2, `a grid of ${grid.length} sides`);
  return grid.length === 1 ? [1, grid[0]] : [grid[0], grid[1]];
}

function checkKept(n: number, kept: number): void {
  invariant(Number.isInteger(kept) && kept >= 0 && kept <= n, `keep ${kept} of ${n} cells`);
}
