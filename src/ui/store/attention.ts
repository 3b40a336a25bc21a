/** Whose attention is looked at: one head, of one sense where each has an encoder, one sample, one query. */
import { type Grid, sidesOf } from '../../config/modalities/tokens.ts';
import type { Sense } from '../../config/modalities.ts';
import type { AttentionReport } from '../../trainer/reports.ts';

export interface AttentionState {
  layer: number;
  head: number;
  /** Null where there is one encoder for all. */
  sense: Sense | null;
  /** Index of the sample on the board. */
  sample: number;
  /** The query's cell, in raster order. */
  query: number;
  report: AttentionReport | null;
}

export const FIRST_HEAD: AttentionState = { layer: 0, head: 0, sense: null, sample: 0, query: 0, report: null };

/** (n, n) the chosen head on the chosen sample, a row for each query, or null when no map has arrived for it. */
export function headMaps({ report, layer, head, sample, sense }: AttentionState): Float32Array | null {
  if (report === null || report.sample !== sample || (report.sense ?? null) !== sense) return null;
  if (layer >= report.depth || head >= report.heads) return null;
  const length = report.patches ** 2;
  const start = (layer * report.heads + head) * length;
  return report.maps.subarray(start, start + length);
}

/** The chosen query's attention over the sample: (n) weights that sum to 1, or null when no map has arrived for it. */
export function queryMap(attention: AttentionState): Float32Array | null {
  const { report, query } = attention;
  const maps = headMaps(attention);
  if (report === null || maps === null || query >= report.patches) return null;
  return maps.subarray(query * report.patches, (query + 1) * report.patches);
}

/** Mean distance, in cells, from the query to what it attends to. */
export function meanDistance(map: Float32Array, query: number, grid: Grid): number {
  const [, columns] = sidesOf(grid);
  const across = (cell: number): number => (cell % columns) - (query % columns);
  const down = (cell: number): number => Math.floor(cell / columns) - Math.floor(query / columns);
  return map.reduce((sum, weight, cell) => sum + weight * Math.hypot(across(cell), down(cell)), 0);
}
