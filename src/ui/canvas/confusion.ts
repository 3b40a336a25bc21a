/** A confusion as shades and as words. Counts are (n, n): row = truth, column = answer. */
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
  /** Of all with that truth. */
  share: number;
}

export function readConfusion(counts: Uint32Array, cell: number): ConfusionCell {
  const n = Math.sqrt(counts.length);
  const truth = Math.floor(cell / n);
  const count = counts[cell];
  const total = rowTotal(counts, truth, n);
  return { truth, predicted: cell % n, count, share: total === 0 ? 0 : count / total };
}

/** What the map says, for those who do not see it. `unit`: what is counted; null counts were not measured yet. */
export function confusionSummary(title: string, unit: string, counts: Uint32Array | null): string {
  if (counts === null) return `${title}: not measured yet`;
  const n = Math.sqrt(counts.length);
  const total = counts.reduce((sum, count) => sum + count, 0);
  let diagonal = 0;
  for (let cell = 0; cell < n; cell++) diagonal += counts[cell * (n + 1)];
  return `${title}, ${n} rows and columns: ${formatPercent(diagonal / total)} of the ${unit} lie on the diagonal, which is right`;
}

function rowTotal(counts: Uint32Array, row: number, n: number): number {
  return counts.subarray(row * n, (row + 1) * n).reduce((sum, count) => sum + count, 0);
}
