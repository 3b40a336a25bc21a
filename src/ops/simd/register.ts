/** Puts our SIMD kernels beside tfjs's own, on the same heap. */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import modules from './assembly/kernels.ts?assemblyscript';
import type { SimdExports } from './exports.ts';
import { Heap } from './heap.ts';
import { SIMD_KERNELS, type SimdCall } from './kernels.ts';

const BACKEND = 'wasm';

/**
 * One thread of ours multiplies matrices 1.3 times as fast as one of XNNPACK's, 1.7 times with fused multiply-add, and needs no
 * transposes first; more of theirs are faster.
 */
const MOST_THREADS_BEATEN = 2;

/** One instance per backend: its heap is the instance's memory. */
const instances = new WeakMap<BackendWasm, Promise<Instance | undefined>>();

interface Instance {
  wasm: SimdExports;
  heap: Heap;
}

/**
 * Registers a kernel for every op that has one. To be called once the wasm backend is ready; again for the same backend it
 * changes nothing. Where the browser knows no SIMD nothing is registered, and the ops run as compositions of tfjs's.
 *
 * @param threads that tfjs's own matrix products run on; ours run on one
 */
export async function registerSimdKernels(threads = 1): Promise<void> {
  const backend = tf.findBackend(BACKEND) as BackendWasm;
  const known = instances.get(backend) ?? instantiate(backend);
  instances.set(backend, known);
  const instance = await known;
  unregisterSimdKernels();
  if (instance === undefined) return;
  for (const [kernelName, run] of Object.entries(SIMD_KERNELS)) {
    if (threads > MOST_THREADS_BEATEN && kernelName.startsWith('Linear')) continue;
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      // The op's host file gives these inputs and attributes to `kernelOr` under the same name.
      kernelFunc: ({ inputs, attrs }) =>
        run({
          ...instance,
          inputs: inputs as SimdCall['inputs'],
          attributes: attrs as SimdCall['attributes'],
          sizes: (attrs?.sizes ?? []) as readonly number[],
        }),
    });
  }
}

/** Back to compositions, for comparing the two. */
export function unregisterSimdKernels(): void {
  for (const kernelName of Object.keys(SIMD_KERNELS)) {
    if (tf.getKernel(kernelName, BACKEND) !== undefined) tf.unregisterKernel(kernelName, BACKEND);
  }
}

async function instantiate(backend: BackendWasm): Promise<Instance | undefined> {
  const heap = new Heap(backend);
  const variants = isShared(heap.memory) ? [modules.sharedRelaxed, modules.shared] : [modules.plainRelaxed, modules.plain];
  const bytes = variants.map(decode).find((variant) => WebAssembly.validate(variant));
  if (bytes === undefined) return undefined;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory: heap.memory } });
  // The type that assembly/kernels.ts has; WebAssembly carries none.
  return { wasm: instance.exports as object as SimdExports, heap };
}

function isShared(memory: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
