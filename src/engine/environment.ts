/** What an engine needs from the place it runs in, and the one call that makes a tfjs backend current. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../base/errors.ts';
import type { TuningCache } from './gpu/trial.ts';

/** What the place we run in (a page's worker, Node, a test) offers. */
export interface EngineEnvironment {
  /** Absent where there is no WebGPU at all. */
  gpu?: GPU;
  /** Why there is none, in a sentence, where it is not for want of a browser that has it. */
  noGpu?: string;
  /** Browsers hide WebGPU and shared memory from pages that came over plain http from another machine. */
  secureContext: boolean;
  /** Loads and registers tfjs's wasm backend and returns the number of threads it runs on. */
  openWasm(): Promise<number>;
  /** Why WebAssembly gets one thread here, and what to do about it, in a sentence; absent where it gets more. */
  oneThread?: OneThread;
  /** Remembers which kernels an adapter runs fastest; without one they are tried out at each start. */
  tuningCache?: TuningCache;
  /** Replay recorded steps unchecked: on a device that executes nothing there is nothing to compare. */
  trustReplays?: boolean;
  /** Called while the kernels of a training step are compiled, before its first run. */
  onCompiling?(done: number, total: number): void;
  /** Called with what people should know about how steps run, in a sentence. */
  onNotice?(message: string): void;
  /** Called when the GPU reports an error that no call of ours returned. */
  onGpuProblem?(message: string): void;
  /** Called when the GPU device is gone, with all that was on it. */
  onGpuLost?(message: string): void;
}

export interface OneThread {
  reason: string;
  /** Another address or other headers would give more. */
  curable: boolean;
}

/** @throws BackendError when tfjs refuses the backend */
export async function startBackend(name: string): Promise<void> {
  const accepted = await tf.setBackend(name);
  if (!accepted) throw new BackendError(`TensorFlow.js could not start its ${name} backend.`);
  await tf.ready();
}
