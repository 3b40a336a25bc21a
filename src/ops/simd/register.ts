/** Puts our SIMD kernels beside tfjs's own, on the same heap. */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import modules, { called } from './assembly/kernels.ts?assemblyscript';
import type { SimdExports } from './exports.ts';
import { Heap } from './heap.ts';
import { forgetSimd, rememberSimd, type SimdInstance } from './instance.ts';
import type { SimdCall } from './kernels/call.ts';
import { TFJS_KERNELS } from './kernels/copies.ts';
import { SIMD_KERNELS } from './kernels.ts';
import { type HeapEars, hearTfjs } from './listener.ts';
import { Threads, type ThreadsRequest } from './threads.ts';

const BACKEND = 'wasm';

/** One instance per backend: its heap is the instance's memory. */
const instances = new WeakMap<BackendWasm, Promise<SimdInstance | undefined>>();

/** tfjs's own kernels that ours stand in for. */
const replaced = new Map<string, tf.KernelConfig>();

/**
 * Registers a kernel for every op that has one. To be called once the wasm backend is ready; again for the same backend it
 * changes nothing. Where the browser knows no SIMD nothing is registered, and the ops run as compositions of tfjs's.
 *
 * @param request further threads to start, the first time for a backend; taken only where the heap is shared memory
 * @returns the number of threads that the kernels run on: 1 as well when not all could be started
 */
export async function registerSimdKernels(request?: ThreadsRequest): Promise<number> {
  const backend = tf.findBackend(BACKEND) as BackendWasm;
  const known = instances.get(backend) ?? instantiate(backend, request);
  instances.set(backend, known);
  const instance = await known;
  unregisterSimdKernels();
  if (instance === undefined) return 1;
  const { wasm, heap, share } = instance;
  for (const [kernelName, run] of Object.entries(SIMD_KERNELS)) {
    tf.registerKernel({
      kernelName,
      backendName: BACKEND,
      // The op's host file gives these inputs and attributes to `kernelOr` under the same name.
      kernelFunc: ({ inputs, attrs }) =>
        run({
          wasm,
          heap,
          share,
          threads: instance.threads?.active ?? 1,
          inputs: inputs as SimdCall['inputs'],
          attributes: attrs as SimdCall['attributes'],
          sizes: (attrs?.sizes ?? []) as readonly number[],
          pairs: (attrs?.pairs ?? []) as readonly number[],
        }),
    });
  }
  replaceTfjs(instance);
  rememberSimd(instance);
  return instance.threads?.count ?? 1;
}

/** Back to compositions of tfjs's own kernels, for comparing the two. */
export function unregisterSimdKernels(): void {
  forgetSimd(tf.findBackend(BACKEND));
  for (const kernelName of Object.keys(SIMD_KERNELS)) {
    if (tf.getKernel(kernelName, BACKEND) !== undefined) tf.unregisterKernel(kernelName, BACKEND);
  }
  for (const [kernelName, config] of replaced) {
    tf.unregisterKernel(kernelName, BACKEND);
    tf.registerKernel(config);
  }
  replaced.clear();
}

/** Lets the kernels run on so many threads from now on, at most as many as were started: for comparing. */
export async function limitSimdThreads(threads: number): Promise<void> {
  const instance = await instances.get(tf.findBackend(BACKEND) as BackendWasm);
  instance?.threads?.limit(threads);
}

/** Puts ours in the place of tfjs's own kernels that copy where nothing needs to be copied, or in JavaScript. */
function replaceTfjs({ backend, heap, share }: SimdInstance): void {
  for (const [kernelName, ours] of Object.entries(TFJS_KERNELS)) {
    const config = tf.getKernel(kernelName, BACKEND);
    if (config === undefined) continue;
    replaced.set(kernelName, config);
    tf.unregisterKernel(kernelName, BACKEND);
    tf.registerKernel({
      ...config,
      kernelFunc: (call) =>
        ours({ backend, heap, share, inputs: call.inputs, attributes: call.attrs ?? {} }) ?? config.kernelFunc(call),
    });
  }
}

function shareOf(wasm: SimdExports, threads: Threads | undefined, ears: HeapEars): SimdCall['share'] {
  const names = Object.keys(wasm);
  const indices = new Map(names.map((name, index) => [name, index]));
  return (name, args, count, grain) => {
    ears.listener?.onRange(name, args, count, grain);
    const kernel = wasm[name] as (...args: number[]) => void;
    if (threads === undefined || threads.active === 1 || count <= grain) kernel(...args, 0, count, 0);
    else threads.run(indices.get(name) as number, kernel, args, count, grain);
  };
}

async function instantiate(backend: BackendWasm, request?: ThreadsRequest): Promise<SimdInstance | undefined> {
  const heap = new Heap(backend);
  const shared = isShared(heap.memory);
  const variants = shared ? [modules.sharedRelaxed, modules.shared] : [modules.plainRelaxed, modules.plain];
  const bytes = variants.map(decode).find((variant) => WebAssembly.validate(variant));
  if (bytes === undefined) return undefined;
  const { module, instance } = await WebAssembly.instantiate(bytes, { env: { memory: heap.memory } });
  const wanted = shared && request !== undefined && request.threads > 1;
  const threads = wanted ? await Threads.open(module, heap.memory, request) : undefined;
  if (threads !== undefined) endWithBackend(threads, backend);
  // The type that assembly/kernels.ts has; WebAssembly carries none.
  const wasm = instance.exports as object as SimdExports;
  const ears: HeapEars = {};
  hearTfjs(backend, ears);
  return { backend, wasm, heap, threads, ears, share: shareOf(wasm, threads, ears), called };
}

function endWithBackend(threads: Threads, backend: BackendWasm): void {
  const dispose = backend.dispose.bind(backend);
  backend.dispose = () => {
    threads.dispose();
    dispose();
  };
}

function isShared(memory: WebAssembly.Memory): boolean {
  return typeof SharedArrayBuffer !== 'undefined' && memory.buffer instanceof SharedArrayBuffer;
}

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
