import type * as tf from '@tensorflow/tfjs-core';
import type { RangeArguments, RangeKernels, SimdExports } from '../exports.ts';
import type { Heap } from '../heap.ts';

/** What a kernel on wasm is given: the op's inputs and attributes under the names its host file gives `kernelOr`. */
export interface SimdCall {
  wasm: SimdExports;
  heap: Heap;
  /** Threads that `share` runs on. */
  threads: number;
  /**
   * Runs a range kernel over `count` things on all threads.
   *
   * @param grain how many a thread takes at a time: what is worth the microsecond that taking them costs
   */
  share<Name extends keyof RangeKernels>(name: Name, args: RangeArguments<Name>, count: number, grain: number): void;
  inputs: Record<string, tf.TensorInfo>;
  attributes: Record<string, number>;
  /** Of `splitFlat`. */
  sizes: readonly number[];
  /** Of `infoNce`: two modalities each. */
  pairs: readonly number[];
}

export type SimdKernel = (call: SimdCall) => tf.TensorInfo | tf.TensorInfo[];

/** Elements that a thread takes at a time of work element by element. */
export const ELEMENTS_GRAIN = 8192;

/** A double takes the room of so many floats. */
export const FLOATS_PER_DOUBLE = 2;

const PARTS_PER_THREAD = 8;

/** A grain that cuts `count` into enough parts to keep all threads busy to the end, and no finer than `least`. */
export function grainOf(count: number, threads: number, least: number): number {
  return Math.max(least, Math.ceil(count / (PARTS_PER_THREAD * threads)));
}

export function elementsOf({ shape }: tf.TensorInfo): number {
  return shape.reduce((product, size) => product * size, 1);
}
