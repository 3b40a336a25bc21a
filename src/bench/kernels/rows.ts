/** Adds up the calls of a step by kernel. */
import { median } from '../../base/statistics.ts';
import type { RecordedCall } from '../../ops/simd/walk.ts';
import type { CallCost } from './cost.ts';
import { costOf, floorOf, type Speeds } from './costs.ts';
import type { KernelRow } from './report.ts';

/** A timed step. */
export interface Turn {
  /** Milliseconds of each call. */
  times: readonly number[];
  /** The peak beside it: cores that are shared with others are faster now and slower then. */
  gflops: number;
}

/** @returns the kernel that takes longest first */
export function kernelRows(
  calls: readonly RecordedCall[],
  turns: readonly Turn[],
  bandwidths: Speeds['bandwidths'],
): KernelRow[] {
  const kernels = new Map<string, number[]>();
  for (const [i, call] of calls.entries()) kernels.set(nameOf(call), [...(kernels.get(nameOf(call)) ?? []), i]);
  const rows = [...kernels].map(([kernel, places]) => {
    const sums = turns.map(({ times }) => places.reduce((sum, i) => sum + times[i], 0));
    const costs = places.map((i) => costOf(calls[i]));
    const known = costs.filter((cost) => cost !== undefined);
    const demands = known.length < costs.length ? UNKNOWN : demandsOf(known, sums, turns, bandwidths);
    return { kernel, calls: places.length, medianMs: median(sums) ?? 0, ...demands };
  });
  const all = rows.reduce((sum, { medianMs }) => sum + medianMs, 0);
  return rows.map((row) => ({ ...row, share: row.medianMs / all })).toSorted((a, b) => b.medianMs - a.medianMs);
}

type Demands = Pick<KernelRow, 'flops' | 'productFlops' | 'bytes' | 'floorMs' | 'floorOfBytes' | 'reached'>;

const UNKNOWN: Demands = { flops: null, productFlops: null, bytes: null, floorMs: null, floorOfBytes: null, reached: null };

/** @param sums milliseconds of all calls, in each turn */
function demandsOf(
  costs: readonly CallCost[],
  sums: readonly number[],
  turns: readonly Turn[],
  bandwidths: Speeds['bandwidths'],
): Demands {
  const sumOf = (of: (cost: CallCost) => number): number => costs.reduce((sum, cost) => sum + of(cost), 0);
  const floorAt = (gflops: number): number => sumOf((cost) => floorOf(cost, { gflops, bandwidths }).ms);
  const speeds = { gflops: median(turns.map(({ gflops }) => gflops)) ?? 0, bandwidths };
  const floorMs = floorAt(speeds.gflops);
  const ofBytes = sumOf((cost) => {
    const floor = floorOf(cost, speeds);
    return floor.of === 'bytes' ? floor.ms : 0;
  });
  const timed = turns.flatMap(({ gflops }, i) => (sums[i] > 0 ? [floorAt(gflops) / sums[i]] : []));
  return {
    flops: sumOf(({ products, others }) => products + others),
    productFlops: sumOf(({ products }) => products),
    bytes: sumOf(({ bytes }) => bytes),
    floorMs,
    floorOfBytes: ofBytes / floorMs,
    reached: timed.length < turns.length ? null : median(timed),
  };
}

function nameOf(call: RecordedCall): string {
  return call.kind === 'range' ? call.name : `tfjs ${call.name}`;
}
