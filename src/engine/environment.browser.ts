/** A page's worker. */
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { registerSimdKernels } from '../ops/simd/register.ts';
import { type EngineEnvironment, startBackend } from './environment.ts';

/** More threads than this fight over memory bandwidth in models of our size. */
const MAX_THREADS = 8;

export function browserEnvironment(): EngineEnvironment {
  const environment: EngineEnvironment = { secureContext: isSecureContext, openWasm };
  // Absent, not null, on plain http and in browsers without WebGPU, whatever the types say.
  const gpu: GPU | undefined = navigator.gpu;
  if (gpu !== undefined) environment.gpu = gpu;
  return environment;
}

async function openWasm(): Promise<number> {
  setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  setThreadsCount(Math.min(navigator.hardwareConcurrency, MAX_THREADS));
  await startBackend('wasm');
  const threads = crossOriginIsolated ? getThreadsCount() : 1;
  await registerSimdKernels(threads);
  return threads;
}
