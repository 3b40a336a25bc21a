/**
 * One training step as a list of GPU commands: recorded while it runs once, then encoded again for every later step, with new
 * numbers written into its inputs' buffers. JavaScript's part shrinks from building a step to encoding a list.
 */
import * as tf from '@tensorflow/tfjs-core';
import { invariant } from '../../base/invariant.ts';
import { type StepFunction, type StepInputs, uploadInputs } from '../stepper.ts';
import type { BufferPool } from './bufferPool.ts';
import { GraphPool } from './graphPool.ts';
import { type Binder, buffersOf, withoutCopies } from './inPlace.ts';
import { ReadbackRing } from './readback.ts';
import { type Command, recordCommands } from './recording.ts';
import { bufferOf, flush, type TfjsGpuBackend } from './tfjs.ts';

/** Windows resets a GPU that is busy for 2 s, so a longer step is cut into submits of about so many milliseconds. */
const MOST_MS_PER_SUBMIT = 500;
const SPLIT_ABOVE_MS = 1000;

export class StepGraph {
  private readonly ring: ReadbackRing;
  /** What a replay submits before its last submit; nothing unless the step is long. */
  private earlierParts: (readonly Command[])[] = [];
  private lastPart: readonly Command[];

  private constructor(
    private readonly backend: TfjsGpuBackend,
    readonly commands: readonly Command[],
    private readonly inputs: Readonly<Record<string, tf.Tensor>>,
    private readonly state: readonly tf.Variable[],
    private readonly result: tf.Tensor,
    private readonly pool: GraphPool,
  ) {
    this.ring = new ReadbackRing(backend.device, bufferOf(backend, result));
    this.lastPart = commands;
  }

  /**
   * Runs `compute` once, recording it. What it made stays, for replays and for `readResult`.
   *
   * @param state what `compute` changes in place
   */
  static record(
    backend: TfjsGpuBackend,
    eager: BufferPool,
    binder: Binder,
    hostInputs: StepInputs,
    state: readonly tf.Variable[],
    compute: StepFunction,
  ): StepGraph {
    const inputs = uploadInputs(hostInputs);
    for (const tensor of Object.values(inputs)) bufferOf(backend, tensor);
    const stateBuffers = state.map((variable) => bufferOf(backend, variable));
    flush(backend);
    const recorded: Command[] = [];
    const pool = new GraphPool(backend.device, eager, () => recorded.length);
    backend.bufferManager = pool;
    let result: tf.Tensor | undefined;
    try {
      recordCommands(backend.device, recorded, () => {
        result = tf.tidy(() => compute(inputs));
        flush(backend);
      });
    } catch (error) {
      tf.dispose([...Object.values(inputs), ...(result === undefined ? [] : [result])]);
      throw error;
    } finally {
      backend.bufferManager = eager;
    }
    const inPlace = state.every((variable, i) => bufferOf(backend, variable) === stateBuffers[i]);
    invariant(inPlace, 'a recorded step changes its variables in place');
    const output = result as tf.Tensor;
    // Its buffer is the graph's: tfjs must not put it into the eager pool.
    backend.tensorMap.get(output.dataId).external = true;
    pool.handOver(bufferOf(backend, output));
    const alignment = backend.device.limits.minStorageBufferOffsetAlignment;
    const tenure = pool.tenure.bind(pool);
    const commands = withoutCopies({ commands: recorded, tenure, alignment }, binder);
    pool.keep(new Set([bufferOf(backend, output), ...commands.flatMap(buffersOf)]));
    return new StepGraph(backend, commands, inputs, state, output, pool);
  }

  get dispatches(): number {
    return this.commands.filter(({ kind }) => kind === 'dispatch').length;
  }

  get copies(): number {
    return this.commands.length - this.dispatches;
  }

  /** One step with these numbers, which have the shapes of the recorded ones. */
  replay(inputs: StepInputs): Promise<Float32Array> {
    this.write(inputs);
    const { device } = this.backend;
    for (const part of this.earlierParts) {
      const encoder = device.createCommandEncoder();
      encode(encoder, part);
      device.queue.submit([encoder.finish()]);
    }
    const values = this.submitAndRead(this.lastPart);
    this.forgetValues();
    return values;
  }

  /** Cuts later replays so that no submit keeps the GPU for long. */
  splitFor(milliseconds: number): void {
    const submits = milliseconds > SPLIT_ABOVE_MS ? Math.ceil(milliseconds / MOST_MS_PER_SUBMIT) : 1;
    const size = Math.ceil(this.commands.length / submits);
    this.earlierParts = [];
    let start = 0;
    for (; start + size < this.commands.length; start += size) this.earlierParts.push(this.commands.slice(start, start + size));
    this.lastPart = this.commands.slice(start);
  }

  /** Puts new numbers into the inputs' buffers. */
  write(inputs: StepInputs): void {
    const { queue } = this.backend.device;
    for (const [name, tensor] of Object.entries(this.inputs)) {
      const { data } = inputs[name] as StepInputs[string];
      queue.writeBuffer(bufferOf(this.backend, tensor), 0, data.buffer, data.byteOffset, data.byteLength);
    }
  }

  /** The GPU has changed what tfjs may have a copy of. */
  forgetValues(): void {
    for (const { dataId } of [...this.state, this.result]) this.backend.tensorMap.get(dataId).values = null;
  }

  readResult(): Promise<Float32Array> {
    return this.submitAndRead([]);
  }

  dispose(): void {
    this.ring.dispose();
    tf.dispose([this.result, ...Object.values(this.inputs)]);
    this.pool.dispose();
  }

  /** Submits commands, and resolves to the result that they leave. */
  private submitAndRead(commands: readonly Command[]): Promise<Float32Array> {
    const { device } = this.backend;
    const encoder = device.createCommandEncoder();
    encode(encoder, commands);
    const values = this.ring.copyInto(encoder);
    device.queue.submit([encoder.finish()]);
    return values.read();
  }
}

/** Encodes commands, in as few passes as the copies between them allow. */
function encode(encoder: GPUCommandEncoder, commands: readonly Command[]): void {
  let pass: GPUComputePassEncoder | undefined;
  let pipeline: GPUComputePipeline | undefined;
  for (const command of commands) {
    if (command.kind === 'copy') {
      pass?.end();
      pass = undefined;
      const { source, sourceOffset, target, targetOffset, size } = command;
      encoder.copyBufferToBuffer(source, sourceOffset, target, targetOffset, size);
      continue;
    }
    if (pass === undefined) {
      pass = encoder.beginComputePass();
      pipeline = undefined;
    }
    if (command.pipeline !== pipeline) {
      pipeline = command.pipeline;
      pass.setPipeline(pipeline);
    }
    pass.setBindGroup(0, command.bindGroup);
    const [x, y, z] = command.workgroups;
    pass.dispatchWorkgroups(x, y, z);
  }
  pass?.end();
}
