/** Copies of variables: on the GPU to go back to, on the CPU to compare. */
import type * as tf from '@tensorflow/tfjs-core';
import { bufferOf, flush, type TfjsGpuBackend } from './tfjs.ts';

export class StateCopy {
  private constructor(
    private readonly backend: TfjsGpuBackend,
    private readonly originals: readonly GPUBuffer[],
    private readonly copies: readonly GPUBuffer[],
  ) {}

  static take(backend: TfjsGpuBackend, variables: readonly tf.Variable[]): StateCopy {
    const originals = variables.map((variable) => bufferOf(backend, variable));
    flush(backend);
    const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
    const copies = originals.map(({ size }) => backend.device.createBuffer({ label: 'copy of the weights', size, usage }));
    copyAll(backend.device, originals, copies);
    return new StateCopy(backend, originals, copies);
  }

  restore(): void {
    copyAll(this.backend.device, this.copies, this.originals);
  }

  dispose(): void {
    for (const buffer of this.copies) buffer.destroy();
  }

  /** The variables' values now, past tfjs's cache. */
  static read(backend: TfjsGpuBackend, variables: readonly tf.Variable[]): Promise<Float32Array[]> {
    return Promise.all(
      variables.map(async (variable) => {
        backend.tensorMap.get(variable.dataId).values = null;
        return (await variable.data()) as Float32Array;
      }),
    );
  }

  static write(backend: TfjsGpuBackend, variables: readonly tf.Variable[], values: readonly Float32Array[]): void {
    for (const [i, variable] of variables.entries()) {
      const { buffer, byteOffset, byteLength } = values[i] as Float32Array;
      backend.device.queue.writeBuffer(bufferOf(backend, variable), 0, buffer, byteOffset, byteLength);
      backend.tensorMap.get(variable.dataId).values = null;
    }
  }
}

function copyAll(device: GPUDevice, from: readonly GPUBuffer[], to: readonly GPUBuffer[]): void {
  const encoder = device.createCommandEncoder();
  for (const [i, source] of from.entries()) encoder.copyBufferToBuffer(source, 0, to[i] as GPUBuffer, 0, source.size);
  device.queue.submit([encoder.finish()]);
}
