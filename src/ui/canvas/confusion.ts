/** The position confusion as shades and as words. Counts are (n, n): row = true cell, column = predicted cell. */
import { formatPercent } from '../format.ts';

/**
 * Each row's shares, brought out by a square root: a cell that takes one patch in ten should be seen beside one that
 * takes nine.
 */
export function confusionShades(counts: Uint32Array): Float32Array {
  const n = Math.sqrt(counts.length);
  const shades = new Float32Array(counts.length);
  for (let row = 0; row < n; row++) {
    const total = rowTotal(counts, row, n);
    if (total === 0) continue;
    for (let column = 0; column < n; column++) shades[row * n + column] = Math.sqrt(counts[row * n + column] / total);
  }
  return shades;
}

export interface ConfusionCell {
  truth: number;
  predicted: number;
  count: number;
  /** Of the patches of that true cell. */
  share: number;
}

export function readConfusion(counts: Uint32Array, cell: number): ConfusionCell {
  const n = Math.sqrt(counts.length);
  const truth = Math.floor(cell / n);
  const count = counts[cell];
  const total = rowTotal(counts, truth, n);
  return { truth, predicted: cell % n, count, share: total === 0 ? 0 : count / total };
}

/** What the map says, for those who do not see it. */
export function confusionSummary(counts: Uint32Array, measured: boolean): string {
  if (!measured) return 'Position confusion: not measured yet';
  const n = Math.sqrt(counts.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let diagonal = 0;
  for (let cell = 0; cell < n; cell++) diagonal += counts[cell * (n + 1)];
  return `Position confusion of ${n} cells: ${formatPercent(diagonal / total)} of the patches lie on the diagonal, in their own cell`;
}

function rowTotal(counts: Uint32Array, row: number, n: number): number {
  return counts.subarray(row * n, (row + 1) * n).reduce((sum, count) => sum + count, 0);
}
