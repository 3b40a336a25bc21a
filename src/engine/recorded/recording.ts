/** One training step as a list of kernel calls on fixed addresses: written down while it runs, and run again without tensors. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import type { SimdInstance } from '../../ops/simd/instance.ts';
import { type RecordedCall, Walk } from '../../ops/simd/walk.ts';
import { type StepFunction, type StepInputs, uploadInputs } from '../stepper.ts';
import { type Lifetime, planMemory } from './memoryPlan.ts';
import { watchHeap } from './tfjsHeap.ts';

export interface Recording {
  /** All of its calls. */
  walk: Walk;
  /** How many there are. */
  calls: number;
  /** Where each input lies. */
  inputs: ReadonlyMap<string, number>;
  /** Where the numbers are that a step returns, and how many. */
  result: { address: number; length: number };
  /** Of the block that all of it lies in. */
  bytes: number;
  dispose(): void;
}

/** Of everything that threads write to. */
const ALIGNMENT = 64;

/** tfjs's allocator, which returns 0 when there is no more. */
interface Allocator {
  _malloc(bytes: number): number;
  _free(address: number): void;
  tfjs: { disposeData(id: number): void };
}

/**
 * Runs a step with everything that it makes at its planned place, writing its calls down.
 *
 * @param lifetimes as a survey of the same step found them
 * @throws BackendError when there is no memory for it
 */
export function recordStep(
  simd: SimdInstance,
  lifetimes: readonly Lifetime[],
  inputs: StepInputs,
  compute: StepFunction,
): Recording {
  const allocator = simd.backend.wasm as object as Allocator;
  const { offsets, bytes } = planMemory(lifetimes);
  const blocks: number[] = [];
  const take = (size: number): number => {
    const block = allocator._malloc(size + ALIGNMENT) >>> 0;
    if (block === 0) throw new BackendError('There is no memory for a recorded step.');
    blocks.push(block);
    return Math.ceil(block / ALIGNMENT) * ALIGNMENT;
  };
  const ids: number[] = [];
  const dispose = () => {
    for (const id of ids) allocator.tfjs.disposeData(id);
    for (const block of blocks) allocator._free(block);
  };
  try {
    const start = take(bytes);
    const calls: RecordedCall[] = [];
    const arrays: Uint8Array[] = [];
    const uploaded = new Map<string, number>();
    let taken = 0;
    let result = { address: 0, length: 0 };
    simd.ears.listener = {
      onRange: (name, args, count, grain) => void calls.push({ kind: 'range', name, args: [...args], count, grain }),
      onForeign: (name, call, args) =>
        void calls.push({ kind: 'foreign', name, call, args: args.map((value) => keep(value, arrays)) }),
    };
    const watch = {
      onAllocate(size: number) {
        const piece = taken++;
        invariant(lifetimes[piece]?.bytes === size, 'a step takes the same memory each time');
        return start + offsets[piece];
      },
      onFree: (address: number) => address >>> 0 >= start && address >>> 0 < start + bytes,
      onForget(id: number) {
        ids.push(id);
        return true;
      },
    };
    try {
      watchHeap(simd.backend, watch, () => {
        const tensors = uploadInputs(inputs);
        for (const [name, tensor] of Object.entries(tensors)) uploaded.set(name, simd.heap.address(tensor));
        const output = tf.tidy(() => compute(tensors));
        result = { address: simd.heap.address(output), length: output.size };
        tf.dispose([output, ...Object.values(tensors)]);
      });
    } finally {
      simd.ears.listener = undefined;
    }
    invariant(taken === lifetimes.length, 'a step takes the same memory each time');
    const walk = new Walk(simd, placeArrays(simd, calls, arrays, take), take);
    return { walk, calls: calls.length, inputs: uploaded, result, bytes, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** Stands for the array of this number until there is a place for it: no number that a kernel is given is as low. */
function keep(value: number | boolean | Uint8Array, arrays: Uint8Array[]): number {
  if (!(value instanceof Uint8Array)) return Number(value);
  arrays.push(value.slice());
  return FIRST_ARRAY - arrays.length;
}

const FIRST_ARRAY = -(2 ** 40);

/** Puts the arrays that C functions are given (shapes, axes) into memory of their own. */
function placeArrays(
  { heap }: SimdInstance,
  calls: readonly RecordedCall[],
  arrays: readonly Uint8Array[],
  take: (bytes: number) => number,
): RecordedCall[] {
  if (arrays.length === 0) return [...calls];
  const places: number[] = [];
  let bytes = 0;
  for (const array of arrays) {
    places.push(bytes);
    bytes += Math.ceil(array.length / 8) * 8;
  }
  const start = take(bytes);
  const memory = new Uint8Array(heap.memory.buffer);
  for (const [i, array] of arrays.entries()) memory.set(array, start + places[i]);
  const placed = (value: number) => (value < FIRST_ARRAY ? start + places[FIRST_ARRAY - value - 1] : value);
  return calls.map((call) => (call.kind === 'foreign' ? { ...call, args: call.args.map(placed) } : call));
}
