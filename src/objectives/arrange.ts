/** Putting a batch's patches into the order that a task wants them in. */
import { zerosLike } from '../base/zerosLike.ts';
import type { HostTensor } from '../engine/stepper.ts';
import type { PatchBatch } from './objective.ts';

/**
 * Row s of order k holds the patch of cell orders[k][s] of picture floor(k / copies): so many orders share one picture, next to
 * each other. All orders are of one length, which may be less than the cells.
 *
 * @returns patches (orders, slots, patchLength)
 */
export function arrangePatches(batch: PatchBatch, orders: readonly ArrayLike<number>[], copies = 1): HostTensor {
  const { patches, patchLength, values } = batch;
  const slots = orders[0]?.length ?? 0;
  const data = zerosLike(values, orders.length * slots * patchLength);
  orders.forEach((order, k) => {
    const picture = Math.floor(k / copies) * patches;
    for (let slot = 0; slot < slots; slot++) {
      const from = (picture + order[slot]) * patchLength;
      copyNumbers(values, from, data, (k * slots + slot) * patchLength, patchLength);
    }
  });
  return { data, shape: [orders.length, slots, patchLength] };
}

type Numbers = Float32Array | Int32Array;

/** A loop, since a step moves thousands of patches: a view made for each of them takes longer than copying it. */
function copyNumbers(source: Numbers, from: number, target: Numbers, to: number, count: number): void {
  for (let i = 0; i < count; i++) target[to + i] = source[from + i];
}

/** Orders of one length as a tensor (orders, slots) int32: which cell each slot comes from. */
export function cellsOf(orders: readonly ArrayLike<number>[]): HostTensor {
  const slots = orders[0]?.length ?? 0;
  const data = new Int32Array(orders.length * slots);
  orders.forEach((order, k) => {
    for (let slot = 0; slot < slots; slot++) data[k * slots + slot] = order[slot];
  });
  return { data, shape: [orders.length, slots] };
}
