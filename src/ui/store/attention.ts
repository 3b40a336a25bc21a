/** Whose attention is looked at: one head, one picture, one query patch. */
import type { AttentionReport } from '../../trainer/reports.ts';

export interface AttentionState {
  layer: number;
  head: number;
  /** Index of the picture on the board. */
  sample: number;
  /** The query's cell, in raster order. */
  query: number;
  report: AttentionReport | null;
}

export const FIRST_HEAD: AttentionState = { layer: 0, head: 0, sample: 0, query: 0, report: null };

/** The chosen query's attention over the picture: (n) weights that sum to 1, or null when no map has arrived for it. */
export function queryMap({ report, layer, head, sample, query }: AttentionState): Float32Array | null {
  if (report === null || report.sample !== sample || layer >= report.depth || head >= report.heads) return null;
  const n = report.patches;
  if (query >= n) return null;
  const start = ((layer * report.heads + head) * n + query) * n;
  return report.maps.subarray(start, start + n);
}

/** Mean distance, in patches, from the query to what it attends to. */
export function meanDistance(map: Float32Array, query: number): number {
  const side = Math.sqrt(map.length);
  const column = query % side;
  const row = Math.floor(query / side);
  return map.reduce((sum, weight, cell) => sum + weight * Math.hypot((cell % side) - column, Math.floor(cell / side) - row), 0);
}
