/** A page's worker. */
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import { ownScript } from '../base/ownScript.ts';
import { MOST_THREADS } from '../config/backends.ts';
import threadUrl from '../ops/simd/kernelThread.js?worker&url';
import type { KernelThread, ThreadsRequest } from '../ops/simd/threads.ts';
import type { EngineEnvironment, OneThread } from './environment.ts';
import { browserTuningCache } from './gpu/trialCache.ts';
import { openWasm, type WasmPlace } from './wasm.ts';

export function browserEnvironment(): EngineEnvironment {
  const environment: EngineEnvironment = {
    secureContext: isSecureContext,
    openWasm: () => openWasm(wasmPlace()),
    tuningCache: browserTuningCache(),
  };
  const oneThread = whyOneThread();
  if (oneThread !== undefined) environment.oneThread = oneThread;
  // Absent, not null, on plain http and in browsers without WebGPU, whatever the types say.
  const gpu: GPU | undefined = navigator.gpu;
  if (gpu !== undefined) environment.gpu = gpu;
  return environment;
}

function whyOneThread(): OneThread | undefined {
  if (!isSecureContext) {
    return {
      reason:
        'On one thread only: this page came over plain http from another computer. Over https, or on the computer that serves it, it uses all cores.',
      curable: true,
    };
  }
  if (!crossOriginIsolated) {
    return {
      reason:
        'On one thread only: the page is not isolated from others. Its server has to send the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, as npm start does, or the browser has to let its service worker add them.',
      curable: true,
    };
  }
  if (navigator.hardwareConcurrency > 1) return undefined;
  return { reason: 'On one thread: the browser says that this machine has one core.', curable: false };
}

function wasmPlace(): WasmPlace {
  const place: WasmPlace = { plainUrl, simdUrl, readSimd };
  const threads: ThreadsRequest = { threads: Math.min(navigator.hardwareConcurrency, MOST_THREADS), startThread };
  return crossOriginIsolated ? { ...place, threads } : place;
}

async function readSimd(): Promise<Uint8Array> {
  const response = await fetch(simdUrl);
  return new Uint8Array(await response.arrayBuffer());
}

function startThread(): KernelThread {
  const worker = new Worker(ownScript(threadUrl), { type: 'module', name: 'kernels' });
  return {
    start: (message) =>
      new Promise((resolve, reject) => {
        worker.onmessage = () => resolve();
        worker.onerror = (event) => reject(new Error(event.message));
        worker.postMessage(message);
      }),
    end: () => worker.terminate(),
  };
}
