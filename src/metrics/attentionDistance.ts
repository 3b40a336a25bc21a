/** How far attention looks, in patches (methods 8; Dosovitskiy et al. 2021, figure 7). */

import { invariant } from '../base/invariant.ts';
import { cellCount, type Grid } from '../config/modalities/tokens.ts';
import { cellDistances } from './cellDistances.ts';

export interface AttentionLayout {
  /** Pictures. */
  count: number;
  heads: number;
  /** Where the tokens lie. */
  grid: Grid;
  /** The class token, where there is one, is the first row and the first column. */
  classToken: boolean;
}

/**
 * Mean distance between a query patch and the patches that it reads, weighted by attention. The class token's row and
 * column are left out and the rest of every row is scaled to sum to 1; a row that reads nothing but the class token has
 * no distance and is left out of the mean.
 *
 * @param maps (count, heads, N, N) attention of query (row) over key (column) in a pass where every patch is context,
 *   patches in raster order, N = n (+ 1)
 * @returns (heads) patches; NaN where no row has a distance or the attention holds a NaN
 */
export function attentionDistance(maps: Float32Array, layout: AttentionLayout): Float32Array {
  const { count, heads, grid } = layout;
  const patches = cellCount(grid);
  const first = layout.classToken ? 1 : 0;
  const tokens = patches + first;
  invariant(
    maps.length === count * heads * tokens * tokens,
    `${maps.length} numbers are not ${count} x ${heads} maps of ${tokens}`,
  );
  const distances = cellDistances(grid);
  return Float32Array.from({ length: heads }, (_, head) => {
    let sum = 0;
    let rows = 0;
    for (let picture = 0; picture < count; picture++) {
      for (let query = 0; query < patches; query++) {
        const start = ((picture * heads + head) * tokens + first + query) * tokens + first;
        const distance = rowDistance(maps, start, distances, query * patches, patches);
        if (distance === undefined) continue;
        sum += distance;
        rows++;
      }
    }
    return sum / rows;
  });
}

/** The same mean for attention that is spread evenly over all patches. */
export function uniformAttentionDistance(grid: Grid): number {
  const distances = cellDistances(grid);
  return distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
}

function rowDistance(
  maps: Float32Array,
  start: number,
  distances: Float64Array,
  offset: number,
  patches: number,
): number | undefined {
  let weighted = 0;
  let total = 0;
  for (let key = 0; key < patches; key++) {
    const weight = maps[start + key];
    weighted += weight * distances[offset + key];
    total += weight;
  }
  return total === 0 ? undefined : weighted / total;
}
