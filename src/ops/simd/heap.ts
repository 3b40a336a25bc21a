/**
 * The heap of tfjs's wasm backend (4.22.0), where its tensors and our kernels meet. The only place that knows how that
 * backend keeps its memory.
 */

import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';

/** What Emscripten's module keeps and tfjs does not type: the threaded build imports its memory, the others export it. */
interface EmscriptenModule {
  wasmMemory?: WebAssembly.Memory;
  asm?: { memory?: WebAssembly.Memory };
}

export class Heap {
  readonly memory: WebAssembly.Memory;
  private readonly backend: BackendWasm;

  constructor(backend: BackendWasm) {
    this.backend = backend;
    const module: EmscriptenModule = backend.wasm as object;
    const memory = module.wasmMemory ?? module.asm?.memory;
    invariant(memory instanceof WebAssembly.Memory, 'this version of tfjs keeps its wasm memory elsewhere');
    this.memory = memory;
  }

  /** Where a tensor's values start, in bytes. A tensor of another backend is brought over first. */
  address(tensor: tf.TensorInfo): number {
    return this.backend.dataIdMap.get(tensor.dataId).memoryOffset;
  }

  /**
   * A new tensor with undefined values. Making it may grow the heap: addresses stay, views of the heap's buffer do not.
   *
   * @throws BackendError when the memory does not suffice, where tfjs would write to address 0
   */
  tensor(shape: number[], dtype: 'float32' | 'int32' = 'float32'): tf.TensorInfo {
    const tensor = this.backend.makeOutput(shape, dtype);
    if (this.address(tensor) === 0) {
      this.backend.disposeData(tensor.dataId);
      throw new BackendError('WebAssembly ran out of memory. A smaller batch, width or number of patches needs less.');
    }
    return tensor;
  }

  /** A view of a tensor's values; it ends when the heap grows. */
  floats(tensor: tf.TensorInfo): Float32Array {
    return new Float32Array(this.memory.buffer, this.address(tensor), tf.util.sizeFromShape(tensor.shape));
  }

  free(tensor: tf.TensorInfo): void {
    this.backend.disposeData(tensor.dataId);
  }

  /** Lends `body` the address of working memory for so many floats. */
  withScratch(floats: number, body: (address: number) => void): void {
    const scratch = this.tensor([floats]);
    try {
      body(this.address(scratch));
    } finally {
      this.free(scratch);
    }
  }
}
