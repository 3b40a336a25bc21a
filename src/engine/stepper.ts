/**
 * Runs one function of tensors again and again on new inputs, as fast as the backend can: recorded at the first step of a kind
 * and replayed where that can be done, else straight through. Whoever steps does not know which.
 */
import * as tf from '@tensorflow/tfjs-core';
import { observeKernels } from '../ops/kernels.ts';

/** A tensor still on the CPU. */
export interface HostTensor {
  data: Float32Array | Int32Array;
  shape: number[];
}

export type StepInputs = Readonly<Record<string, HostTensor>>;

/**
 * One step: few numbers (a vector) from inputs and from variables, which it changes in place. All that differs between steps with
 * the same key comes in through `inputs`; a JavaScript number that it reads may be the one of an earlier step.
 */
export type StepFunction = (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor1D;

/** What one kernel cost in one step, all its calls together. */
export interface KernelTiming {
  kernel: string;
  calls: number;
  milliseconds: number;
  /** Floating-point operations of all calls; 0 where nobody counted. */
  flops: number;
}

/**
 * Something to do for the next step. It touches nothing of the backend and throws nothing, and whoever steps can do without: it is
 * called at most once, and only where others compute at that time.
 */
export type Meanwhile = () => void;

export interface Stepper {
  /** So many steps may be under way; the next should wait for the oldest of them. */
  readonly inFlight: number;
  /** The most that tensors took during a step so far, those that stay between steps included; 0 before the first. */
  readonly bytes: number;
  /**
   * Starts a step; steps run in the order of the calls.
   *
   * @param key whatever shapes the computation beside the inputs' shapes
   * @param meanwhile done while the step computes, on this thread
   * @returns what `compute` returned
   */
  step(key: string, inputs: StepInputs, compute: StepFunction, meanwhile?: Meanwhile): Promise<Float32Array>;
  /** As `step`, with the time of every kernel, longest first. Slower than a plain step. */
  profile(key: string, inputs: StepInputs, compute: StepFunction): Promise<{ values: Float32Array; timings: KernelTiming[] }>;
  dispose(): void;
}

export type StepArguments = Parameters<Stepper['step']>;

/** Runs every step anew, on any backend. */
export class EagerStepper implements Stepper {
  readonly inFlight = 1;
  private readonly peaks = new Map<string, number>();

  get bytes(): number {
    return Math.max(0, ...this.peaks.values());
  }

  /** The first step of a kind is watched kernel by kernel: what it takes, all others take. */
  async step(key: string, inputs: StepInputs, compute: StepFunction): Promise<Float32Array> {
    const kind = stepKind(key, inputs);
    if (this.peaks.has(kind)) return this.run(inputs, compute);
    let values: Float32Array = new Float32Array();
    const { peakBytes } = await tf.profile(async () => {
      values = await this.run(inputs, compute);
      return [];
    });
    this.peaks.set(kind, peakBytes);
    return values;
  }

  private async run(inputs: StepInputs, compute: StepFunction): Promise<Float32Array> {
    const result = tf.tidy(() => compute(uploadInputs(inputs)));
    const values = (await result.data()) as Float32Array;
    result.dispose();
    return values;
  }

  async profile(
    key: string,
    inputs: StepInputs,
    compute: StepFunction,
  ): Promise<{ values: Float32Array; timings: KernelTiming[] }> {
    const timings = new Map<string, KernelTiming>();
    const started = performance.now();
    const values = await observeKernels(
      (kernel, milliseconds) => addTiming(timings, { kernel, calls: 1, milliseconds, flops: 0 }),
      () => this.step(key, inputs, compute),
    );
    const counted = [...timings.values()].reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const rest = Math.max(0, performance.now() - started - counted);
    addTiming(timings, { kernel: 'everything else', calls: 1, milliseconds: rest, flops: 0 });
    return { values, timings: longestFirst(timings) };
  }

  dispose(): void {}
}

/** Steps of one kind compute on the same shapes. */
export function stepKind(key: string, inputs: StepInputs): string {
  return `${key}|${Object.entries(inputs).map(([name, { shape }]) => `${name}:${shape}`)}`;
}

export function uploadInputs(inputs: StepInputs): Record<string, tf.Tensor> {
  const uploaded = Object.entries(inputs).map(([name, { data, shape }]) => [
    name,
    tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32'),
  ]);
  return Object.fromEntries(uploaded);
}

export function addTiming(timings: Map<string, KernelTiming>, { kernel, calls, milliseconds, flops }: KernelTiming): void {
  const known = timings.get(kernel) ?? { kernel, calls: 0, milliseconds: 0, flops: 0 };
  known.calls += calls;
  known.milliseconds += milliseconds;
  known.flops += flops;
  timings.set(kernel, known);
}

export function longestFirst(timings: ReadonlyMap<string, KernelTiming>): KernelTiming[] {
  return [...timings.values()].toSorted((a, b) => b.milliseconds - a.milliseconds);
}
