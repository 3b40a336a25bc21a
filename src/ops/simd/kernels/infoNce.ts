import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 8;
/** A double takes the room of so many floats. */
const FLOATS_PER_DOUBLE = 2;
const FLOAT_BYTES = 4;

/** One direction of a pair. */
interface Side {
  queries: number;
  keys: number;
  /** As it counts in (pairs, 2). */
  index: number;
}

/** -> [loss, losses (pairs), counts (pairs), log of each denominator (pairs, 2, B)] */
export function infoNce(call: SimdCall): tf.TensorInfo[] {
  const { wasm, heap, share, threads, inputs, attributes } = call;
  const { z, present } = inputs;
  const [, batch, width] = z.shape;
  const sides = sidesOf(call);
  const counts = countsOf(call);
  const logSums = heap.tensor([counts.length, 2, batch]);
  const [at, presentAt, logSumsAt] = [z, present, logSums].map((tensor) => heap.address(tensor));
  const sums: number[] = [];
  heap.withScratch((threads + FLOATS_PER_DOUBLE) * batch, (losses) => {
    const scores = losses + FLOAT_BYTES * FLOATS_PER_DOUBLE * batch;
    for (const { queries, keys, index } of sides) {
      const [rows, flags] = [FLOAT_BYTES * batch * width, FLOAT_BYTES * batch];
      const addresses = [at + queries * rows, at + keys * rows, presentAt + queries * flags, presentAt + keys * flags] as const;
      const args = [...addresses, logSumsAt + index * flags, losses, scores, batch, width, 1 / attributes.temperature] as const;
      share('infoNce', [...args], batch, grainOf(batch, threads, LEAST_ROWS));
      sums.push(wasm.sumOfDoubles(losses, batch));
    }
  });
  const losses = counts.map((count, pair) => (count < 2 ? 0 : (sums[2 * pair] + sums[2 * pair + 1]) / (2 * count)));
  const loss = losses.reduce((sum, value) => sum + value, 0) / countedOf(counts);
  return [heap.scalar(loss), heap.vector(losses), heap.vector(counts), logSums];
}

/** -> dz (k, B, E) */
export function infoNceGrad(call: SimdCall): tf.TensorInfo {
  const { heap, share, threads, inputs, attributes } = call;
  const { dy, z, present, logSums } = inputs;
  const [, batch, width] = z.shape;
  const counts = countsOf(call);
  const dz = heap.tensor(z.shape);
  heap.floats(dz).fill(0);
  const [at, presentAt, sumsAt, dzAt] = [z, present, logSums, dz].map((tensor) => heap.address(tensor));
  const [rows, flags] = [FLOAT_BYTES * batch * width, FLOAT_BYTES * batch];
  const upstream = heap.read(dy) / (2 * attributes.temperature * countedOf(counts));
  heap.withScratch(threads * batch, (scratch) => {
    for (const { queries, keys, index } of sidesOf(call)) {
      const count = counts[index >> 1];
      if (count < 2) continue;
      const addresses = [at + queries * rows, at + keys * rows, presentAt + queries * flags, presentAt + keys * flags] as const;
      const sums = [sumsAt + index * flags, sumsAt + (index ^ 1) * flags] as const;
      const numbers = [batch, width, 1 / attributes.temperature, upstream / count] as const;
      const args = [...addresses, ...sums, dzAt + queries * rows, scratch, ...numbers] as const;
      share('infoNceGrad', [...args], batch, grainOf(batch, threads, LEAST_ROWS));
    }
  });
  return dz;
}

function sidesOf({ pairs }: SimdCall): Side[] {
  return pairs.map((queries, index) => ({ queries, keys: pairs[index ^ 1], index }));
}

/** Samples that have both members of each pair. */
function countsOf({ heap, inputs: { present }, pairs }: SimdCall): number[] {
  const flags = heap.floats(present);
  const batch = present.shape[1];
  return Array.from({ length: pairs.length / 2 }, (_, pair) => {
    const [a, b] = [pairs[2 * pair], pairs[2 * pair + 1]].map((place) => flags.subarray(place * batch, (place + 1) * batch));
    return a.reduce((count, has, i) => count + (has > 0 && b[i] > 0 ? 1 : 0), 0);
  });
}

/** How many pairs the loss is the mean of. */
function countedOf(counts: readonly number[]): number {
  return Math.max(1, counts.filter((count) => count >= 2).length);
}
