/** Tables that tell a model where its tokens come from, on a grid [rows, columns] or on a line [n]. */
import { invariant } from '../base/invariant.ts';

/**
 * Fixed sine-cosine positions as MAE has them (methods 0): on a grid the first half of the width tells the column, the second
 * the row; on a line all of it tells the place. Each part is [sin(p w), cos(p w)], w_k = 10000^(-k / K).
 *
 * @param width a multiple of 4 on a grid, of 2 on a line
 * @returns (n, width), row-major
 */
export function sinCosTable(grid: readonly number[], width: number): Float32Array {
  const [rows, columns] = sides(grid);
  const axes = grid.length;
  const part = width / axes;
  invariant(part % 2 === 0, `${width} numbers cannot hold waves for ${axes} axes`);
  const table = new Float32Array(rows * columns * width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = (row * columns + column) * width;
      // The column goes first, as `w` does in MAE's grid.
      writeWaves(table.subarray(at, at + part), column);
      if (axes === 2) writeWaves(table.subarray(at + part, at + width), row);
    }
  }
  return table;
}

function writeWaves(target: Float32Array, position: number): void {
  const waves = target.length / 2;
  for (let k = 0; k < waves; k++) {
    const angle = position * 10_000 ** (-k / waves);
    target[k] = Math.sin(angle);
    target[waves + k] = Math.cos(angle);
  }
}

/** Rows of a relative position table: one for each offset between two cells, and three for the class token (BEiT). */
export function relativeOffsets(grid: readonly number[]): number {
  const [rows, columns] = sides(grid);
  return (2 * rows - 1) * (2 * columns - 1) + 3;
}

/**
 * Which row of the relative table the score of query i and key j takes (methods 1.4): their offset; with a class token at
 * index 0 the last three rows are class to patch, patch to class, class to class.
 *
 * @returns (N, N), N = n + 1 with a class token
 */
export function relativeIndex(grid: readonly number[], classToken: boolean): Int32Array {
  const [rows, columns] = sides(grid);
  const first = classToken ? 1 : 0;
  const tokens = rows * columns + first;
  const offsets = relativeOffsets(grid) - 3;
  const index = new Int32Array(tokens * tokens);
  for (let i = 0; i < tokens; i++) {
    for (let j = 0; j < tokens; j++) index[i * tokens + j] = row(i - first, j - first);
  }
  return index;

  function row(i: number, j: number): number {
    if (i < 0) return j < 0 ? offsets + 2 : offsets;
    if (j < 0) return offsets + 1;
    const down = Math.floor(i / columns) - Math.floor(j / columns) + rows - 1;
    const across = (i % columns) - (j % columns) + columns - 1;
    return down * (2 * columns - 1) + across;
  }
}

function sides(grid: readonly number[]): [rows: number, columns: number] {
  const [first = 1, second] = grid;
  return second === undefined ? [1, first] : [first, second];
}
