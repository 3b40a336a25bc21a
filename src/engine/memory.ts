import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Heap } from '../ops/simd/heap.ts';
import { currentGpuSession } from './gpu/session.ts';

/** Bytes of tensors alone: on WebGPU what is allocated for them, elsewhere what they hold. What a run takes is more than before it by this. */
export function tensorBytes(): number {
  return currentGpuSession()?.bytes ?? tf.memory().numBytes;
}

/** Bytes that the current backend holds for its tensors, those of the largest step so far included. */
export function backendBytes(): number {
  if (tf.getBackend() === 'wasm') return new Heap(tf.backend() as BackendWasm).memory.buffer.byteLength;
  return tensorBytes();
}
