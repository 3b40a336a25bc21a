import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { Heap } from '../ops/simd/heap.ts';

/** What tfjs's webgpu backend adds to `tf.memory()`. */
interface GpuMemory extends tf.MemoryInfo {
  numBytesInGPUAllocated?: number;
}

/** Bytes that the current backend holds for its tensors, those of the largest step so far included. */
export function backendBytes(): number {
  if (tf.getBackend() === 'wasm') return new Heap(tf.backend() as BackendWasm).memory.buffer.byteLength;
  const memory: GpuMemory = tf.memory();
  return memory.numBytesInGPUAllocated ?? memory.numBytes;
}
