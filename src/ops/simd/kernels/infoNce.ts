import type * as tf from '@tensorflow/tfjs-core';
import { ELEMENTS_GRAIN, elementsOf, FLOATS_PER_DOUBLE, grainOf, type SimdCall } from './call.ts';
import { packTransposedWeight, packWeight, rowsGrain, transposedFloats, type WeightShape, weightFloats } from './products.ts';

/** Rows that a thread takes at least at a time. */
const LEAST_ROWS = 16;
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
  const { heap, share, threads, attributes, pairs } = call;
  const batch = call.inputs.z.shape[1];
  const matched = pairs.length / 2;
  const outputs = [[], [matched], [matched], [matched, 2, batch]].map((shape) => heap.tensor(shape));
  const [loss, losses, counts, logSums] = outputs.map((tensor) => heap.address(tensor));
  const sides = sidesOf(call);
  for (let pair = 0; pair < matched; pair++) {
    const { queriesPresent, keysPresent } = sides[2 * pair];
    share('countBoth', [queriesPresent, keysPresent, counts + FLOAT_BYTES * pair, batch], 1, 1);
  }
  heap.withScratch(FLOATS_PER_DOUBLE * pairs.length * batch, (sampleLosses) => {
    withProducts(call, (products, panels) => {
      for (const side of sides) {
        multiply(call, side, products, panels);
        const flags = [side.queriesPresent, side.keysPresent] as const;
        const sumsAt = logSums + FLOAT_BYTES * side.index * batch;
        const lossesAt = sampleLosses + FLOAT_BYTES * FLOATS_PER_DOUBLE * side.index * batch;
        const args = [products, ...flags, sumsAt, lossesAt, batch, 1 / attributes.temperature] as const;
        share('infoNce', [...args], batch, grainOf(batch, threads, LEAST_ROWS));
      }
    });
    share('infoNceMeans', [sampleLosses, counts, losses, loss, matched, batch], 1, 1);
  });
  return outputs;
}

/** -> dz (k, B, E) */
export function infoNceGrad(call: SimdCall): tf.TensorInfo {
  const { heap, share, threads, inputs, attributes, pairs } = call;
  const { z } = inputs;
  const [, batch, width] = z.shape;
  const dz = heap.tensor(z.shape);
  const [from, to, logSums, dy, counts] = [z, dz, inputs.logSums, inputs.dy, inputs.counts].map((tensor) => heap.address(tensor));
  share('fillZeros', [to], elementsOf(dz), ELEMENTS_GRAIN);
  withProducts(call, (products, panels) => {
    for (const side of sidesOf(call)) {
      multiply(call, side, products, panels);
      const flags = [side.queriesPresent, side.keysPresent] as const;
      const sums = [side.index, side.index ^ 1].map((index) => logSums + FLOAT_BYTES * index * batch);
      const pair = [dy, counts, side.index >> 1, pairs.length / 2] as const;
      const args = [products, ...flags, sums[0], sums[1], ...pair, batch, attributes.temperature] as const;
      share('infoNceSlopes', [...args], batch, grainOf(batch, threads, LEAST_ROWS));
      packWeight(call, side.keys, panels, keysShape(call));
      const gradient = to + (side.queries - from);
      share('linearResidual', [products, panels, 0, gradient, gradient, batch, width], batch, rowsGrain(call, batch));
    }
  });
  return dz;
}

/** Lends the addresses of room for all products of a side (B, B), and for its keys in panels. */
function withProducts(call: SimdCall, body: (products: number, panels: number) => void): void {
  const batch = call.inputs.z.shape[1];
  const shape = keysShape(call);
  const room = Math.max(weightFloats(call, shape), transposedFloats(call, shape));
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
