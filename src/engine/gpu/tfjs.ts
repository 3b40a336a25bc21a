/** The only place that knows what tfjs's webgpu backend (4.22.0, pinned) keeps private. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import type * as tf from '@tensorflow/tfjs-core';

/** What `backend.tensorMap` holds for a tensor. */
export interface TensorData {
  /** On the CPU: not uploaded yet, or read back before; stale once a recorded step has written the buffer. */
  values: tf.BackendValues | null;
  resource: GPUBuffer | null;
  /** tfjs does not give back the buffer of a tensor that is marked so. */
  external?: boolean;
}

/** As tfjs's own `BufferManager`, which it keeps in a public field. */
export interface BufferManagerLike {
  readonly numBytesUsed: number;
  readonly numBytesAllocated: number;
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation?: boolean, reuse?: boolean): GPUBuffer;
  releaseBuffer(buffer: GPUBuffer, reuse?: boolean): void;
  getNumUsedBuffers(): number;
  getNumFreeBuffers(): number;
  dispose(): void;
}

/** The backend with the private members that recording and raw dispatches touch. */
export interface TfjsGpuBackend {
  readonly device: GPUDevice;
  bufferManager: BufferManagerLike;
  readonly tensorMap: { get(dataId: object): TensorData };
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  dispatchCountInPass: number;
  commandQueueOwnedIds: WeakSet<object>;
  uploadToGPU(dataId: object): void;
  ensureCommandEncoderReady(): void;
  endComputePassEncoder(): void;
  submitQueue(): void;
  makeTensorInfo(shape: number[], dtype: tf.DataType): tf.TensorInfo;
  disposeData(dataId: object): boolean;
  /** Waits for the pipelines that were compiled under WEBGPU_ENGINE_COMPILE_ONLY. */
  checkCompileCompletionAsync(): Promise<void>;
}

export function tfjsInternals(backend: WebGPUBackend): TfjsGpuBackend {
  // tfjs types these members private; they are plain fields and methods.
  return backend as object as TfjsGpuBackend;
}

/** A tensor's buffer, uploaded if it is not on the GPU yet. */
export function bufferOf(backend: TfjsGpuBackend, { dataId }: tf.TensorInfo): GPUBuffer {
  backend.uploadToGPU(dataId);
  return backend.tensorMap.get(dataId).resource as GPUBuffer;
}

/** Sends what was encoded so far. */
export function flush(backend: TfjsGpuBackend): void {
  backend.endComputePassEncoder();
  backend.ensureCommandEncoderReady();
  backend.submitQueue();
}
