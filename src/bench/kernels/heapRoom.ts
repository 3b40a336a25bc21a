/** Room on the heap of the wasm backend, for lists of calls of our own. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Heap } from '../../ops/simd/heap.ts';

/** Of everything that threads write to. */
const ALIGNMENT = 64;

export class HeapRoom {
  private readonly taken: tf.TensorInfo[] = [];

  constructor(private readonly heap: Heap) {}

  /** @returns an address at a multiple of 64 @throws BackendError when the memory does not suffice */
  readonly take = (bytes: number): number => {
    const tensor = this.heap.tensor([Math.ceil((bytes + ALIGNMENT) / 4)]);
    this.taken.push(tensor);
    return Math.ceil(this.heap.address(tensor) / ALIGNMENT) * ALIGNMENT;
  };

  dispose(): void {
    for (const tensor of this.taken) this.heap.free(tensor);
    this.taken.length = 0;
  }
}
