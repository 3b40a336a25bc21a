/** What we keep for the webgpu backend that is current: our dispatcher, our buffer pool, and who listens. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Halves } from '../../ops/wgsl/kernel.ts';
import { BufferPool } from './bufferPool.ts';
import { Dispatcher } from './dispatcher.ts';
import { type GraphListener, GraphStepper } from './graphStepper.ts';
import { halvesThatAreRight } from './halvesTrial.ts';
import { subgroupsAreRight } from './subgroupsTrial.ts';
import { type BufferManagerLike, flush, type TfjsGpuBackend, tfjsInternals } from './tfjs.ts';

export class GpuSession {
  readonly dispatcher: Dispatcher;
  private readonly internals: TfjsGpuBackend;
  private readonly pool: BufferPool;

  constructor(
    backend: WebGPUBackend,
    private readonly listener: GraphListener,
  ) {
    this.internals = tfjsInternals(backend);
    this.dispatcher = new Dispatcher(this.internals);
    this.pool = new BufferPool(this.internals.device);
    const pool: BufferManagerLike = this.pool;
    this.internals.bufferManager = pool;
    sessions.set(backend, this);
  }

  stepper(state: readonly tf.Variable[]): GraphStepper {
    return new GraphStepper(this.internals, this.pool, this.dispatcher, state, this.listener);
  }

  /** Sends what tfjs has gathered, and waits until the GPU has done everything. */
  async finish(): Promise<void> {
    flush(this.internals);
    await this.internals.device.queue.onSubmittedWorkDone();
  }

  /**
   * In which way this device keeps activations in 16 bits; where nothing is executed there is nothing to check.
   *
   * @throws BackendError when none is right on this device
   */
  async halvesHere(): Promise<Halves> {
    const native = this.internals.device.features.has('shader-f16');
    if (this.listener.trustReplays) return native ? 'native' : 'packed';
    return halvesThatAreRight(this.dispatcher, native);
  }

  /** Whether workgroups reduce by subgroups here: the device has them, and is right with them; what executes nothing is not. */
  async subgroupsHere(): Promise<boolean> {
    if (this.listener.trustReplays || !this.internals.device.features.has('subgroups')) return false;
    return subgroupsAreRight(this.dispatcher);
  }

  /** What is allocated on the GPU: the eager pool and all recorded steps. */
  get bytes(): number {
    return this.pool.numBytesAllocated + this.pool.recordedBytes;
  }
}

const sessions = new WeakMap<object, GpuSession>();

/** @returns the session of the current backend, if that is a webgpu backend of ours */
export function currentGpuSession(): GpuSession | undefined {
  return sessions.get(tf.backend());
}
