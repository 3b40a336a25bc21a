/** Steps on WebGPU: compiled ahead, recorded at the first step of a kind, checked, and replayed from then on. */
import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '../../base/errors.ts';
import { sameBits } from '../sameBits.ts';
import {
  EagerStepper,
  type KernelTiming,
  type StepFunction,
  type StepInputs,
  type Stepper,
  stepKind,
  uploadInputs,
} from '../stepper.ts';
import type { BufferPool } from './bufferPool.ts';
import type { Dispatcher } from './dispatcher.ts';
import { StepGraph } from './graph.ts';
import { profileGraph } from './profile.ts';
import { StateCopy } from './stateCopy.ts';
import { flush, type TfjsGpuBackend } from './tfjs.ts';

/** Moving a slider to and fro should not record anew each time; more graphs than this cost memory. */
const MOST_GRAPHS = 3;

export interface GraphListener {
  /** Skips the check of new recordings. */
  trustReplays?: boolean;
  /** Kernels of the next step that are compiled, of all it needs. */
  onCompiling?(done: number, total: number): void;
  /** Something that people should know, in a sentence: a replay that is not the step it was recorded from. */
  onNotice?(message: string): void;
}

export class GraphStepper implements Stepper {
  readonly inFlight = 2;
  private readonly eager = new EagerStepper();
  /** Least recently used first. */
  private readonly graphs = new Map<string, StepGraph>();
  /** Keys whose replay is not to be trusted. */
  private readonly mistrusted = new Set<string>();
  /** Recording takes several turns of the event loop; whoever comes meanwhile waits. */
  private recording: Promise<unknown> = Promise.resolve();
  private isRecording = false;

  /** @param state everything that a step changes in place */
  constructor(
    private readonly backend: TfjsGpuBackend,
    private readonly pool: BufferPool,
    private readonly dispatcher: Dispatcher,
    private readonly state: readonly tf.Variable[],
    private readonly listener: GraphListener,
  ) {}

  async step(key: string, inputs: StepInputs, compute: StepFunction): Promise<Float32Array> {
    while (this.isRecording) await this.recording;
    const id = stepKind(key, inputs);
    const graph = this.recall(id);
    if (graph !== undefined) return graph.replay(inputs);
    if (this.mistrusted.has(id)) return this.eager.step(key, inputs, compute);
    const recorded = this.record(id, inputs, compute);
    this.isRecording = true;
    this.recording = recorded
      .catch(() => {})
      .finally(() => {
        this.isRecording = false;
      });
    return recorded;
  }

  async profile(
    key: string,
    inputs: StepInputs,
    compute: StepFunction,
  ): Promise<{ values: Float32Array; timings: KernelTiming[] }> {
    while (this.isRecording) await this.recording;
    const graph = this.recall(stepKind(key, inputs));
    // The step that records is not one to measure: it compiles, and is checked.
    if (graph === undefined) return { values: await this.step(key, inputs, compute), timings: [] };
    return profileGraph(this.backend.device, graph, inputs, this.dispatcher);
  }

  /** The eager pool and all recordings: a recorded step keeps all it needs allocated. */
  get bytes(): number {
    return this.pool.numBytesAllocated + this.pool.recordedBytes;
  }

  /** Dispatches of one step of each recorded kind. */
  get dispatches(): number[] {
    return [...this.graphs.values()].map(({ dispatches }) => dispatches);
  }

  /** Copies between buffers in one step of each recorded kind. */
  get copies(): number[] {
    return [...this.graphs.values()].map(({ copies }) => copies);
  }

  dispose(): void {
    for (const graph of this.graphs.values()) graph.dispose();
    this.graphs.clear();
  }

  private async record(id: string, inputs: StepInputs, compute: StepFunction): Promise<Float32Array> {
    await this.compile(inputs, compute);
    this.makeRoom();
    const before = StateCopy.take(this.backend, this.state);
    try {
      const graph = await this.recordWithErrors(inputs, compute);
      // Asked for only now: while errors are waited for, nobody would hear of a read that fails.
      const recorded = await graph.readResult();
      if (await this.check(graph, inputs, recorded, before)) this.graphs.set(id, graph);
      else this.mistrust(id, graph);
      return recorded;
    } finally {
      before.dispose();
    }
  }

  /** @throws BackendError for what the GPU reports, whose commands would be dropped in silence otherwise */
  private async recordWithErrors(inputs: StepInputs, compute: StepFunction): Promise<StepGraph> {
    const { device } = this.backend;
    const filters = ['validation', 'out-of-memory', 'internal'] as const;
    for (const filter of filters) device.pushErrorScope(filter);
    const popped = () => Promise.all(filters.map(() => device.popErrorScope()));
    const recording = attempt(() => StepGraph.record(this.backend, this.pool, this.dispatcher, inputs, this.state, compute));
    const error = (await popped()).find((found) => found !== null);
    if (error && recording.ok) recording.result.dispose();
    // What the GPU says explains whatever was thrown because of it.
    if (error) throw gpuFailure(error);
    if (!recording.ok) throw recording.error;
    return recording.result;
  }

  private async compile(inputs: StepInputs, compute: StepFunction): Promise<void> {
    const body = () =>
      tf.tidy(() => {
        compute(uploadInputs(inputs));
      });
    await this.dispatcher.compileAhead(body, (done, total) => this.listener.onCompiling?.(done, total));
    // Uploads that wait in tfjs's encoder may write to buffers that are free again, and to the variables: sent first, lest
    // destroying the ones drops the others.
    flush(this.backend);
    this.pool.trim();
  }

  /** Replays the recorded step from the state before it: numbers and state must come out the same, bit for bit. */
  private async check(graph: StepGraph, inputs: StepInputs, recorded: Float32Array, before: StateCopy): Promise<boolean> {
    if (this.listener.trustReplays) return true;
    const expected = await StateCopy.read(this.backend, this.state);
    before.restore();
    const started = performance.now();
    const replayed = await graph.replay(inputs);
    graph.splitFor(performance.now() - started);
    const actual = await StateCopy.read(this.backend, this.state);
    if (sameBits([replayed, ...actual], [recorded, ...expected])) return true;
    StateCopy.write(this.backend, this.state, expected);
    return false;
  }

  private mistrust(id: string, graph: StepGraph): void {
    graph.dispose();
    this.mistrusted.add(id);
    this.listener.onNotice?.(
      'A recorded training step did not repeat exactly on this GPU, so steps run without recording: right, but slower.',
    );
  }

  private recall(id: string): StepGraph | undefined {
    const graph = this.graphs.get(id);
    if (graph !== undefined) {
      this.graphs.delete(id);
      this.graphs.set(id, graph);
    }
    return graph;
  }

  private makeRoom(): void {
    for (const [id, graph] of this.graphs) {
      if (this.graphs.size < MOST_GRAPHS) return;
      graph.dispose();
      this.graphs.delete(id);
    }
  }
}

function attempt<T>(body: () => T): { ok: true; result: T } | { ok: false; error: unknown } {
  try {
    return { ok: true, result: body() };
  } catch (error) {
    return { ok: false, error };
  }
}

function gpuFailure(error: GPUError): BackendError {
  if (error instanceof GPUOutOfMemoryError) {
    return new BackendError(
      `The GPU ran out of memory (${error.message}). A smaller batch, width or number of patches needs less.`,
    );
  }
  return new BackendError(`The GPU refused a kernel: ${error.message}`);
}
