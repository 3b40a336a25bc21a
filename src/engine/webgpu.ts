/** Our own GPU device for tfjs: with all the adapter's limits, and with its errors listened to. */

import * as tf from '@tensorflow/tfjs-core';
import { messageOf } from '../base/errors.ts';
import { registerWgslKernels } from '../ops/wgsl/register.ts';
import { adapterName, isSoftware } from './adapter.ts';
import { type EngineEnvironment, startBackend } from './environment.ts';
import { GpuSession } from './gpu/session.ts';
import { tune } from './gpu/trial.ts';

export interface WebGpuWishes {
  /** Also take an adapter that runs on the processor: right answers, slower than wasm. */
  acceptSoftware: boolean;
  /** Keep activations in 16 bits. */
  halves: boolean;
}

export type WebGpuResult = { ok: true; adapter: string; reason: string; software: boolean } | { ok: false; reason: string };

/** Starts the webgpu backend if there is a graphics adapter worth using. */
export async function openWebGpu(environment: EngineEnvironment, wishes: WebGpuWishes): Promise<WebGpuResult> {
  const { gpu, secureContext } = environment;
  if (gpu === undefined) return { ok: false, reason: environment.noGpu ?? reasonWithoutGpu(secureContext) };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (adapter === null) {
    return {
      ok: false,
      reason: 'WebGPU is here but offers no graphics adapter: the driver is missing, blocked or switched off.',
    };
  }
  const software = isSoftware(adapter);
  const name = adapterName(adapter);
  if (software && !wishes.acceptSoftware) {
    return { ok: false, reason: `The only WebGPU adapter (${name}) is software, slower than WebAssembly.` };
  }
  let session: GpuSession;
  try {
    session = await startOnDevice(adapter, environment, wishes.halves);
  } catch (error) {
    return { ok: false, reason: `The graphics adapter ${name} could not be opened: ${messageOf(error)}.` };
  }
  const reason = software
    ? `Asked for; ${name} is a software adapter, for checking only.`
    : `Runs on the graphics adapter ${name}.${session.dispatcher.subgroups ? ' It sums by subgroups.' : ''}`;
  return { ok: true, adapter: name, reason, software };
}

function reasonWithoutGpu(secureContext: boolean): string {
  return secureContext
    ? 'This browser has no WebGPU; a current Chrome or Edge has.'
    : 'Browsers hide WebGPU from pages that come over plain http from another machine; https or localhost would show it.';
}

/** Of a subgroup anywhere. */
const MOST_LANES = 128;

/** For timing kernels, for sums along rows, and for activations in 16 bits. */
const WANTED_FEATURES: GPUFeatureName[] = ['timestamp-query', 'subgroups', 'shader-f16'];

async function startOnDevice(adapter: GPUAdapter, environment: EngineEnvironment, halves: boolean): Promise<GpuSession> {
  const device = await adapter.requestDevice({
    requiredFeatures: WANTED_FEATURES.filter((feature) => adapter.features.has(feature)),
    requiredLimits: wantedLimits(adapter.limits),
  });
  // Stock tfjs listens to neither: after a bad shader up to 15 batched dispatches are dropped in silence.
  let lost = false;
  device.onuncapturederror = (event) => {
    if (!lost) environment.onGpuProblem?.(event.error.message);
  };
  // We never destroy a device ourselves, so whatever the reason, it was not meant.
  device.lost.then((loss) => {
    lost = true;
    environment.onGpuLost?.(loss.message || 'no reason was given');
  });
  const { WebGPUBackend } = await import('@tensorflow/tfjs-backend-webgpu');
  tf.removeBackend('webgpu');
  // tfjs would compute small results on the processor: a recorded step would then keep the first one for ever.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const backend = new WebGPUBackend(device, adapter.info);
  tf.registerBackend('webgpu', () => backend);
  await startBackend('webgpu');
  const session = new GpuSession(backend, environment);
  const { dispatcher } = session;
  registerWgslKernels(dispatcher);
  // Missing in browsers of 2024, whatever the types say.
  const { wgslLanguageFeatures }: Partial<GPU> = environment.gpu ?? {};
  if (device.features.has('subgroups') && wgslLanguageFeatures?.has('subgroup_id'))
    dispatcher.lanes = adapter.info.subgroupMaxSize ?? MOST_LANES;
  // Where nothing is executed there is nothing to time.
  if (!environment.trustReplays) dispatcher.tuning = await tune(dispatcher, environment.tuningCache);
  // Software adapters keep the kernels and the numbers that they had.
  if (!isSoftware(adapter)) dispatcher.subgroups = await session.subgroupsHere();
  if (halves) dispatcher.halves = await session.halvesHere();
  return session;
}

function wantedLimits(limits: GPUSupportedLimits): Record<string, number> {
  return {
    maxBufferSize: limits.maxBufferSize,
    maxStorageBufferBindingSize: limits.maxStorageBufferBindingSize,
    maxStorageBuffersPerShaderStage: limits.maxStorageBuffersPerShaderStage,
    maxComputeWorkgroupStorageSize: limits.maxComputeWorkgroupStorageSize,
    maxComputeWorkgroupsPerDimension: limits.maxComputeWorkgroupsPerDimension,
    maxComputeWorkgroupSizeX: limits.maxComputeWorkgroupSizeX,
    maxComputeInvocationsPerWorkgroup: limits.maxComputeInvocationsPerWorkgroup,
  };
}
