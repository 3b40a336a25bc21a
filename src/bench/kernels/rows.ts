/** Adds up the calls of a step by kernel. */
import { median } from '../../base/statistics.ts';
import type { RecordedCall } from '../../ops/simd/walk.ts';
import { costOf, floorOf, type Speeds } from './costs.ts';
import type { KernelRow } from './report.ts';

/**
 * @param times of each call, in each of some steps
 * @returns the kernel that takes longest first
 */
export function kernelRows(calls: readonly RecordedCall[], times: readonly (readonly number[])[], speeds: Speeds): KernelRow[] {
  const kernels = new Map<string, number[]>();
  for (const [i, call] of calls.entries()) kernels.set(nameOf(call), [...(kernels.get(nameOf(call)) ?? []), i]);
  const rows = [...kernels].map(([kernel, places]) => {
    const sums = times.map((step) => places.reduce((sum, i) => sum + step[i], 0));
    const medianMs = median(sums) ?? 0;
    const own = places.map((i) => calls[i]);
    return { kernel, calls: places.length, medianMs, ...demands(own, medianMs, speeds) };
  });
  const all = rows.reduce((sum, { medianMs }) => sum + medianMs, 0);
  return rows.map((row) => ({ ...row, share: row.medianMs / all })).toSorted((a, b) => b.medianMs - a.medianMs);
}

type Demands = Pick<KernelRow, 'flops' | 'productFlops' | 'bytes' | 'floorMs' | 'floorOfBytes' | 'reached'>;

function demands(calls: readonly RecordedCall[], medianMs: number, speeds: Speeds): Demands {
  const sums = { flops: 0, productFlops: 0, bytes: 0, floorMs: 0 };
  let ofBytes = 0;
  for (const call of calls) {
    const cost = costOf(call);
    if (cost === undefined)
      return { flops: null, productFlops: null, bytes: null, floorMs: null, floorOfBytes: null, reached: null };
    const floor = floorOf(cost, speeds);
    sums.flops += cost.products + cost.others;
    sums.productFlops += cost.products;
    sums.bytes += cost.bytes;
    sums.floorMs += floor.ms;
    if (floor.of === 'bytes') ofBytes += floor.ms;
  }
  return { ...sums, floorOfBytes: ofBytes / sums.floorMs, reached: medianMs > 0 ? sums.floorMs / medianMs : null };
}

function nameOf(call: RecordedCall): string {
  return call.kind === 'range' ? call.name : `tfjs ${call.name}`;
}
