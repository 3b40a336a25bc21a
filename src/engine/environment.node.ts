/** Node: the command line and the tests. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { registerSimdKernels } from '../ops/simd/register.ts';
import { type EngineEnvironment, startBackend } from './environment.ts';

/** @param wantGpu load Dawn (the optional npm package `webgpu`), which takes a moment: only when a GPU may be used */
export async function nodeEnvironment(wantGpu: boolean): Promise<EngineEnvironment> {
  const environment: EngineEnvironment = { secureContext: true, openWasm };
  const gpu = wantGpu && hasGpuLoader() ? await openDawn() : undefined;
  if (gpu !== undefined) environment.gpu = gpu;
  return environment;
}

async function openWasm(): Promise<number> {
  const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
  const main = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  setWasmPaths(dirname(main) + sep);
  await startBackend('wasm');
  await registerSimdKernels();
  return 1;
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

/** Without Vulkan's loader Dawn finds no adapter on Linux, and says so on stderr in its own words. */
function hasGpuLoader(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return execFileSync('ldconfig', ['-p'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).includes('libvulkan.so');
  } catch {
    return true;
  }
}
