/** What each call of a recorded step cannot do without, and how long that takes at least. */
import type { RangeKernels } from '../../ops/simd/exports.ts';
import type { RecordedCall } from '../../ops/simd/walk.ts';
import type { CallCost, CostOf } from './cost.ts';
import { ELEMENT_COSTS } from './elementCosts.ts';
import { PRODUCT_COSTS } from './productCosts.ts';

const COSTS: { readonly [Name in keyof RangeKernels]: CostOf<Name> } = { ...ELEMENT_COSTS, ...PRODUCT_COSTS };

/** @returns undefined of functions of tfjs, whose arguments say nothing of sizes */
export function costOf(call: RecordedCall): CallCost | undefined {
  if (call.kind === 'foreign') return undefined;
  // A recorded call has the arguments that its kernel takes.
  const cost = COSTS[call.name] as (args: readonly number[], count: number) => CallCost;
  return cost(call.args, call.count);
}

/** What this machine does at best. */
export interface Speeds {
  gflops: number;
  /** Gigabytes a second of copies that touch so many bytes, ascending. */
  bandwidths: readonly { bytes: number; gbPerSecond: number }[];
}

export interface Floor {
  ms: number;
  /** Which of the two it is. */
  of: 'operations' | 'bytes';
}

/** The least time of a call: its operations at the peak, or its bytes at the bandwidth of as many, whichever is longer. */
export function floorOf({ products, others, bytes }: CallCost, speeds: Speeds): Floor {
  const computing = (products + others) / (speeds.gflops * 1e6);
  const moving = bytes / (bandwidthAt(bytes, speeds) * 1e6);
  return computing >= moving ? { ms: computing, of: 'operations' } : { ms: moving, of: 'bytes' };
}

/**
 * Of data that stay where so many bytes fit. The best of all larger sizes too: of small ones much of the time is not the copy's.
 * A size between two counts as the smaller, which is faster.
 */
export function bandwidthAt(bytes: number, { bandwidths }: Speeds): number {
  const [smallest] = bandwidths;
  const from = bandwidths.findLast((one) => one.bytes <= bytes) ?? smallest;
  return Math.max(...bandwidths.filter((one) => one.bytes >= (from?.bytes ?? 0)).map(({ gbPerSecond }) => gbPerSecond));
}
