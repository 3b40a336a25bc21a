/** tfjs's wasm backend on a heap that our threads may share, with our SIMD kernels beside its own. */
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { registerSimdKernels } from '../ops/simd/register.ts';
import { withSharedMemory } from '../ops/simd/sharedMemory.ts';
import type { ThreadsRequest } from '../ops/simd/threads.ts';
import { startBackend } from './environment.ts';

/** What the place we run in knows of wasm. */
export interface WasmPlace {
  /** Addresses of tfjs's two single-threaded builds. */
  plainUrl: string;
  simdUrl: string;
  readSimd(): Promise<Uint8Array>;
  /** Absent where memory cannot be shared. */
  threads?: ThreadsRequest;
}

/**
 * Makes wasm current.
 *
 * @returns the number of threads that our kernels run on; what is left to tfjs runs on one
 */
export async function openWasm(place: WasmPlace): Promise<number> {
  const address = await simdAddress(place);
  // tfjs would take its threaded build where it can, and threads of its own that ours would have to compete with.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths(
    {
      'tfjs-backend-wasm.wasm': place.plainUrl,
      'tfjs-backend-wasm-simd.wasm': address,
      'tfjs-backend-wasm-threaded-simd.wasm': address,
    },
    // In Node the other way reads files only.
    address !== place.simdUrl,
  );
  await startBackend('wasm');
  if (address !== place.simdUrl) URL.revokeObjectURL(address);
  return registerSimdKernels(place.threads);
}

/** Of the build with shared memory where threads are wanted and the engine takes it, else of the build as it is. */
async function simdAddress({ simdUrl, readSimd, threads }: WasmPlace): Promise<string> {
  // Not `tf.findBackend`, which starts what it does not find.
  if (threads === undefined || 'wasm' in tf.engine().registry) return simdUrl;
  const module = withSharedMemory(await readSimd());
  if (!WebAssembly.validate(module)) return simdUrl;
  const address = URL.createObjectURL(new Blob([module], { type: 'application/wasm' }));
  // Where a page's rules forbid it, tfjs would wait forever.
  const fetched = await fetch(address).catch(() => undefined);
  if (fetched?.ok) return address;
  URL.revokeObjectURL(address);
  return simdUrl;
}
