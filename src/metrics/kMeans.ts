/** k-means by Lloyd's rounds from k-means++ starts (Arthur and Vassilvitskii 2007), in double precision: the same bits everywhere. */
import { invariant } from '../base/invariant.ts';
import { nearestRows } from '../base/nearestRows.ts';
import type { Random } from '../base/random.ts';

export interface Clusters {
  /** (k, d) means of their rows. */
  centres: Float32Array;
  /** (k) rows that are nearest to each. */
  counts: Uint32Array;
}

/**
 * @param rows (n, d), n >= k
 * @param rounds of Lloyd's; fewer once no row changes its centre
 */
export function kMeans(rows: Float32Array, d: number, k: number, rounds: number, random: Random): Clusters {
  return lloyd(rows, spreadStarts(rows, d, k, random), d, rounds);
}

/** Rows of `rows` that lie apart: each next one by chance, in proportion to its squared distance from those before. (k, d) */
function spreadStarts(rows: Float32Array, d: number, k: number, random: Random): Float32Array {
  const n = rows.length / d;
  invariant(n >= k, `${n} rows have no ${k} clusters`);
  const starts = new Float32Array(k * d);
  const far = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
  let chosen = random.below(n);
  for (let c = 0; c < k; c++) {
    const start = rows.subarray(chosen * d, (chosen + 1) * d);
    starts.set(start, c * d);
    let total = 0;
    for (let i = 0; i < n; i++) {
      far[i] = Math.min(far[i], squaredDistance(rows, i * d, start));
      total += far[i];
    }
    // All rows are among the starts already, so it does not matter which comes next.
    if (total === 0) chosen = random.below(n);
    else {
      let left = random.uniform() * total;
      chosen = 0;
      while (chosen < n - 1 && left >= far[chosen]) left -= far[chosen++];
    }
  }
  return starts;
}

/**
 * Moves centres to the means of the rows that are nearest to them. One that no row is nearest to stays where it is.
 *
 * @param starts (k, d)
 */
export function lloyd(rows: Float32Array, starts: Float32Array, d: number, rounds: number): Clusters {
  const k = starts.length / d;
  const centres = starts.slice();
  let nearest = nearestRows(centres, d, rows);
  for (let round = 0; round < rounds; round++) {
    const counts = new Uint32Array(k);
    const sums = new Float64Array(k * d);
    for (const [i, c] of nearest.entries()) {
      counts[c] += 1;
      for (let j = 0; j < d; j++) sums[c * d + j] += rows[i * d + j];
    }
    for (let i = 0; i < k * d; i++) {
      const count = counts[Math.floor(i / d)];
      if (count > 0) centres[i] = sums[i] / count;
    }
    const moved = nearestRows(centres, d, rows);
    const settled = moved.every((c, i) => c === nearest[i]);
    nearest = moved;
    if (settled) break;
  }
  const counts = new Uint32Array(k);
  for (const c of nearest) counts[c] += 1;
  return { centres, counts };
}

function squaredDistance(rows: Float32Array, begin: number, to: Float32Array): number {
  let sum = 0;
  for (let j = 0; j < to.length; j++) sum += (rows[begin + j] - to[j]) ** 2;
  return sum;
}
