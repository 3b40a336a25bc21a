/** What happens on the heap of tfjs's wasm backend while somebody listens, to write it down. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { RangeKernels } from './exports.ts';

/** A C function of tfjs. Tensors are numbers that tfjs registered them under. */
export type ForeignFunction = (...args: number[]) => void;

export interface HeapListener {
  /** A call of one of our range kernels, over `count` things, `grain` at a time. */
  onRange(name: keyof RangeKernels, args: readonly number[], count: number, grain: number): void;
  /** A call of one of tfjs's kernels; arrays are bytes that it is given the address of. */
  onForeign(name: string, call: ForeignFunction, args: readonly (number | boolean | Uint8Array)[]): void;
}

/** Where whoever listens to a backend is found. */
export interface HeapEars {
  listener?: HeapListener | undefined;
}

/** What Emscripten's module keeps of its functions and tfjs does not type. */
interface EmscriptenFunctions {
  cwrap(
    name: string,
    returnType: string | null,
    argumentTypes: string[],
  ): (...args: (number | boolean | Uint8Array)[]) => unknown;
  [underscoredName: `_${string}`]: ForeignFunction;
}

/**
 * Lets `ears` hear every call of tfjs's own kernels from now on. tfjs looks its functions up in the set-up of each kernel, and then calls
 * them past everybody: so the look-up itself gives functions that tell. It stays so, as tfjs sets all kernels up again whenever the backend is
 * made current.
 */
export function hearTfjs(backend: BackendWasm, ears: HeapEars): void {
  const functions = backend.wasm as object as EmscriptenFunctions;
  const { cwrap } = functions;
  functions.cwrap = (name, returnType, argumentTypes) => {
    const call = cwrap(name, returnType, argumentTypes);
    return (...args) => {
      const result = call(...args);
      // Found only now: Emscripten replaces a stub by the function itself at the first call.
      ears.listener?.onForeign(name, functions[`_${name}`], args);
      return result;
    };
  };
  for (const { setupFunc } of tf.getKernelsForBackend('wasm')) setupFunc?.(backend);
}
