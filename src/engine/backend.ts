/** Which tfjs backend runs, and the true reason why. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError, messageOf } from '../base/errors.ts';
import type { BackendName, BackendRequest } from '../config/backends.ts';
import { currentSimd } from '../ops/simd/instance.ts';
import { nameOf } from '../ops/wgsl/kernel.ts';
import { type EngineEnvironment, startBackend } from './environment.ts';
import { currentGpuSession } from './gpu/session.ts';
import { openWebGpu } from './webgpu.ts';

export interface BackendInfo {
  name: BackendName;
  /** For the chip in the header: "WebGPU - Apple M2", "WebAssembly, 2 threads". */
  label: string;
  /** Why this one runs, in a sentence for people. */
  reason: string;
  /** True when the visitor's machine could run faster with another browser, address or setting. */
  degraded: boolean;
}

/** What computes, as far as numbers may depend on it. */
export interface EngineInfo {
  backend: BackendName;
  /** As people read it; activations in 16 bits and sums by subgroups are a part of it. */
  device: string;
  /** Of the kernels, on a GPU. */
  variant?: string;
}

/** Of what was made current last; tests start some by themselves. */
let latest: BackendInfo | undefined;

export function currentEngine(): EngineInfo {
  const dispatcher = currentGpuSession()?.dispatcher;
  const variant = dispatcher && nameOf(dispatcher.tuning);
  const label = latest?.name === tf.getBackend() ? latest.label : tf.getBackend();
  const device = dispatcher?.subgroups ? `${label}, sums by subgroups` : label;
  const backend = (['webgpu', 'wasm'] as const).find((name) => name === tf.getBackend()) ?? 'cpu';
  return { backend, device, ...(variant === undefined ? {} : { variant }) };
}

/**
 * Makes a backend current and says which and why.
 *
 * @throws BackendError when a backend was asked for by name and cannot run here; `auto` always finds one
 */
export async function selectBackend(request: BackendRequest, environment: EngineEnvironment): Promise<BackendInfo> {
  latest = await openBackend(request, environment);
  return latest;
}

async function openBackend(request: BackendRequest, environment: EngineEnvironment): Promise<BackendInfo> {
  // Silences tfjs's advertisement for its Node backend and its per-op NaN checks; ours are in the trainer.
  tf.enableProdMode();
  if (request === 'cpu') return openCpu('Asked for: plain JavaScript, the slowest, for checking only.');
  if (request === 'wasm') return openWasm(environment, 'Asked for.', false);
  const found = await openWebGpu(environment, { acceptSoftware: request !== 'auto', halves: request === 'webgpu-f16' });
  if (found.ok) {
    const [label, kept] = request === 'webgpu-f16' ? [', 16-bit activations', KEPT_IN_HALVES] : ['', ''];
    const reason = `${found.reason}${kept}`;
    return { name: 'webgpu', label: `WebGPU - ${found.adapter}${label}`, reason, degraded: found.software };
  }
  if (request !== 'auto') throw new BackendError(`WebGPU cannot run here. ${found.reason}`);
  return openWasm(environment, `${found.reason} Training runs on the processor instead.`, true);
}

const KEPT_IN_HALVES =
  ' What the gradient needs of attention and MLP is kept in 16 bits, as asked: less memory, and numbers of its own.';

async function openWasm(environment: EngineEnvironment, reason: string, degraded: boolean): Promise<BackendInfo> {
  try {
    const threads = await environment.openWasm();
    const simd = currentSimd();
    if (simd !== undefined) simd.onNotice = (message) => environment.onNotice?.(message);
    const label = threads > 1 ? `WebAssembly, ${threads} threads` : 'WebAssembly, 1 thread';
    const { oneThread } = environment;
    if (threads > 1 || oneThread === undefined) return { name: 'wasm', label, reason, degraded };
    return { name: 'wasm', label, reason: `${reason} ${oneThread.reason}`, degraded: degraded || oneThread.curable };
  } catch (error) {
    if (!degraded) throw new BackendError(`WebAssembly cannot run here: ${messageOf(error)}`);
    return openCpu(`${reason} WebAssembly failed as well (${messageOf(error)}), so plain JavaScript runs: slow.`);
  }
}

async function openCpu(reason: string): Promise<BackendInfo> {
  await import('@tensorflow/tfjs-backend-cpu');
  await startBackend('cpu');
  return { name: 'cpu', label: 'JavaScript, 1 thread', reason, degraded: true };
}
