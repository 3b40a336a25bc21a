/** The SIMD kernels that run on a backend, for whoever runs them without tfjs. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { SimdExports } from './exports.ts';
import type { Heap } from './heap.ts';
import type { SimdCall } from './kernels/call.ts';
import type { HeapEars } from './listener.ts';
import type { Threads } from './threads.ts';

/** Our compiled kernels on the heap of one backend. */
export interface SimdInstance {
  backend: BackendWasm;
  wasm: SimdExports;
  heap: Heap;
  /** Absent where there is but one. */
  threads: Threads | undefined;
  /** What the kernels do is told here. */
  ears: HeapEars;
  share: SimdCall['share'];
  /** Range kernels by their numbers in a list of calls. */
  called: readonly string[];
  /** Told what people should know about how steps run. */
  onNotice?(message: string): void;
}

/** Those whose kernels are registered. */
const instances = new WeakMap<object, SimdInstance>();

export function rememberSimd(instance: SimdInstance): void {
  instances.set(instance.backend, instance);
}

export function forgetSimd(backend: object): void {
  instances.delete(backend);
}

/** @returns the kernels of the current backend, if that is wasm and they run on it */
export function currentSimd(): SimdInstance | undefined {
  // Where there is no backend yet, to ask for it would make one.
  return tf.getBackend() ? instances.get(tf.backend()) : undefined;
}
