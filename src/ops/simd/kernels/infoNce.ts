import type * as tf from '@tensorflow/tfjs-core';
import { grainOf, type SimdCall } from './call.ts';
import { packTransposedWeight, packWeight, rowsGrain, transposedFloats, type WeightShape, weightFloats } from './products.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 16;
/** A double takes the room of so many floats. */
const FLOATS_PER_DOUBLE = 2;
const FLOAT_BYTES = 4;

/** One direction of a pair. */
interface Side {
  /** Addresses of (B, E) numbers. */
  queries: number;
  keys: number;
  /** Addresses of (B) flags. */
  queriesPresent: number;
  keysPresent: number;
  /** As it counts in (pairs, 2). */
  index: number;
}

/** -> [loss, losses (pairs), counts (pairs), log of each denominator (pairs, 2, B)] */
export function infoNce(call: SimdCall): tf.TensorInfo[] {
  const { wasm, heap, share, threads, attributes } = call;
  const batch = call.inputs.z.shape[1];
  const counts = countsOf(call);
  const logSums = heap.tensor([counts.length, 2, batch]);
  const sums: number[] = [];
  withProducts(call, (products, panels) => {
    // No longer needed once a side has its products.
    const losses = panels;
    for (const side of sidesOf(call)) {
      multiply(call, side, products, panels);
      const flags = [side.queriesPresent, side.keysPresent] as const;
      const sumsAt = heap.address(logSums) + FLOAT_BYTES * side.index * batch;
      const args = [products, ...flags, sumsAt, losses, batch, 1 / attributes.temperature] as const;
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
  const { dy, z, logSums } = inputs;
  const [, batch, width] = z.shape;
  const counts = countsOf(call);
  const dz = heap.tensor(z.shape);
  heap.floats(dz).fill(0);
  const sharpness = 1 / attributes.temperature;
  const upstream = (heap.read(dy) * sharpness) / (2 * countedOf(counts));
  withProducts(call, (products, panels) => {
    for (const side of sidesOf(call)) {
      const count = counts[side.index >> 1];
      if (count < 2) continue;
      multiply(call, side, products, panels);
      const flags = [side.queriesPresent, side.keysPresent] as const;
      const sums = [side.index, side.index ^ 1].map((index) => heap.address(logSums) + FLOAT_BYTES * index * batch);
      const args = [products, ...flags, sums[0], sums[1], batch, sharpness, upstream / count] as const;
      share('infoNceSlopes', [...args], batch, grainOf(batch, threads, LEAST_ROWS));
      packWeight(call, side.keys, panels, keysShape(call));
      const gradient = heap.address(dz) + (side.queries - heap.address(z));
      share('linearResidual', [products, panels, 0, gradient, gradient, batch, width], batch, rowsGrain(call, batch));
    }
  });
  return dz;
}

/** Lends the addresses of room for all products of a side (B, B), and for its keys in panels or the losses of its rows. */
function withProducts(call: SimdCall, body: (products: number, panels: number) => void): void {
  const batch = call.inputs.z.shape[1];
  const shape = keysShape(call);
  const room = Math.max(weightFloats(call, shape), transposedFloats(call, shape), FLOATS_PER_DOUBLE * batch);
  call.heap.withScratch(batch * batch + room, (at) => body(at, at + FLOAT_BYTES * batch * batch));
}

/** Products (B, B) of all queries and keys. */
function multiply(call: SimdCall, { queries, keys }: Side, products: number, panels: number): void {
  const [, batch, width] = call.inputs.z.shape;
  packTransposedWeight(call, keys, panels, keysShape(call));
  call.share('linear', [queries, panels, 0, products, width, batch], batch, rowsGrain(call, batch));
}

function keysShape({ inputs: { z } }: SimdCall): WeightShape {
  const [, batch, width] = z.shape;
  return { inner: batch, columns: width };
}

function sidesOf({ heap, inputs: { z, present }, pairs }: SimdCall): Side[] {
  const [, batch, width] = z.shape;
  const numbers = (place: number) => heap.address(z) + FLOAT_BYTES * place * batch * width;
  const flags = (place: number) => heap.address(present) + FLOAT_BYTES * place * batch;
  return pairs.map((asks, index) => {
    const answers = pairs[index ^ 1];
    const addresses = { queries: numbers(asks), keys: numbers(answers) };
    return { ...addresses, queriesPresent: flags(asks), keysPresent: flags(answers), index };
  });
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
