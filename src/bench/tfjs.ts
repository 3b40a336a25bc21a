/** What the two contenders that run on tfjs have in common. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { flush, tfjsInternals } from '../engine/gpu/tfjs.ts';

/** Makes a backend current; asks first, since tfjs's wasm backend sets up all its kernels again each time. */
export async function switchBackend(name: string): Promise<void> {
  if (tf.getBackend() !== name) await tf.setBackend(name);
}

/** Resolves when the current backend's GPU, if it has one, has done all that was asked of it. */
export async function settleDevice(): Promise<void> {
  const backend = tf.backend();
  if (!('device' in backend)) return;
  // Only tfjs's webgpu backend has a device.
  const gpu = tfjsInternals(backend as WebGPUBackend);
  // tfjs gathers commands and sends them now and then.
  if (gpu.commandEncoder !== null) flush(gpu);
  await gpu.device.queue.onSubmittedWorkDone();
}

/** Runs a product of two square matrices over and over without making them anew. */
export class SquareProduct {
  private factors: tf.Tensor2D[] = [];

  constructor(private readonly product: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor) {}

  run(side: number): void {
    if (this.factors[0]?.shape[0] !== side) {
      this.dispose();
      const values = Float32Array.from({ length: side * side }, (_, i) => ((i % 17) - 8) / 8);
      this.factors = [tf.tensor2d(values, [side, side]), tf.tensor2d(values, [side, side])];
    }
    const [a, b] = this.factors;
    this.product(a, b).dispose();
  }

  dispose(): void {
    tf.dispose(this.factors);
    this.factors = [];
  }
}
