/** Node: the command line and the tests. */
import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { MOST_THREADS } from '../config/backends.ts';
import kernelThread from '../ops/simd/kernelThread.js?raw';
import type { KernelThread, ThreadsRequest } from '../ops/simd/threads.ts';
import type { EngineEnvironment } from './environment.ts';
import type { WasmPlace } from './wasm.ts';

/** What a thread written for a page needs to run in Node. */
const AS_WEB_WORKER = `
const { parentPort } = require('node:worker_threads');
globalThis.postMessage = (message) => parentPort.postMessage(message);
parentPort.once('message', (data) => globalThis.onmessage({ data }));
`;

/** @param wantGpu load Dawn (the optional npm package `webgpu`), which takes a moment: only when a GPU may be used */
export async function nodeEnvironment(wantGpu: boolean): Promise<EngineEnvironment> {
  const environment: EngineEnvironment = { secureContext: true, openWasm };
  if (!wantGpu) return environment;
  const gpu = findsAdapter() ? await openDawn() : undefined;
  if (gpu !== undefined) return { ...environment, gpu };
  return { ...environment, noGpu: 'No graphics adapter was found: there is none here, or its driver is missing.' };
}

async function openWasm(): Promise<number> {
  const { openWasm } = await import('./wasm.ts');
  return openWasm(wasmPlace({ threads: Math.min(os.availableParallelism(), MOST_THREADS), startThread }));
}

export function wasmPlace(threads: ThreadsRequest): WasmPlace {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'));
  const simdUrl = path.join(folder, 'tfjs-backend-wasm-simd.wasm');
  return { plainUrl: path.join(folder, 'tfjs-backend-wasm.wasm'), simdUrl, readSimd: () => readFile(simdUrl), threads };
}

export function startThread(): KernelThread {
  const worker = new Worker(`${AS_WEB_WORKER}${kernelThread}`, { eval: true });
  // It ends with the process, and keeps it from nothing.
  worker.unref();
  return {
    start: (message) =>
      new Promise((resolve, reject) => {
        worker.once('message', () => resolve());
        worker.once('error', reject);
        worker.postMessage(message);
      }),
    end: () => void worker.terminate(),
  };
}

/**
 * @param options of Dawn, such as `backend=null`
 * @returns undefined where the optional package is missing or does not run
 */
export async function openDawn(options: string[] = []): Promise<GPU | undefined> {
  try {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    const gpu = create(options);
    // tfjs looks for `navigator.gpu`, and takes a place with `WorkerGlobalScope` for a worker.
    Object.defineProperty(globalThis, 'navigator', { value: { gpu, userAgent: 'Node' }, configurable: true });
    Object.assign(globalThis, { WorkerGlobalScope: class {} });
    return gpu;
  } catch {
    return undefined;
  }
}

/**
 * Whether Dawn finds an adapter. Where there is none, Dawn and the drivers say so on stderr in their own words, past everything that
 * this process could silence: so another process, whose stderr nobody hears, is asked first. It takes about a third of a second.
 */
function findsAdapter(): boolean {
  try {
    const dawn = pathToFileURL(createRequire(import.meta.url).resolve('webgpu')).href;
    const ask = `const { create } = await import('${dawn}'); process.exit((await create([]).requestAdapter()) === null ? 1 : 0);`;
    return spawnSync(process.execPath, ['--input-type=module', '--eval', ask], { stdio: 'ignore', timeout: 20_000 }).status === 0;
  } catch {
    return false;
  }
}
