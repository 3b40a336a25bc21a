/** Steps on WebAssembly: watched, recorded and checked at the first step of a kind, checked once more at the second, then replayed. */
import * as tf from '@tensorflow/tfjs-core';
import { messageOf } from '../../base/errors.ts';
import type { SimdInstance } from '../../ops/simd/instance.ts';
import { sameBits } from '../sameBits.ts';
import {
  EagerStepper,
  type KernelTiming,
  type Meanwhile,
  type StepFunction,
  type StepInputs,
  type Stepper,
  stepKind,
} from '../stepper.ts';
import { type Recording, recordStep } from './recording.ts';
import { replayStep } from './replay.ts';
import { surveyStep } from './survey.ts';

/** As on WebGPU: moving a slider to and fro should not record anew each time. */
const MOST_RECORDINGS = 3;
/** A step that holds more at once is run as it is: a recording would keep about as much beside what looking at the run needs. */
const MOST_BYTES = 2 ** 30;

interface Kept {
  recording: Recording;
  /** Whether it has repeated a step other than the one that it was recorded from. */
  trusted: boolean;
  /** Where the state lay. */
  state: readonly number[];
}

export interface RecordedListener {
  onNotice?(message: string): void;
}

export class RecordedStepper implements Stepper {
  readonly inFlight = 1;
  /** Why steps of a kind are not recorded. */
  readonly refusals = new Map<string, string>();
  private readonly eager = new EagerStepper();
  /** Least recently used first. */
  private readonly kept = new Map<string, Kept>();
  private peakBytes = 0;

  /** @param state everything that a step changes in place */
  constructor(
    private readonly simd: SimdInstance,
    private readonly state: readonly tf.Variable[],
    private readonly listener: RecordedListener = {},
  ) {}

  get bytes(): number {
    const recorded = [...this.kept.values()].reduce((sum, { recording }) => sum + recording.bytes, 0);
    return Math.max(this.eager.bytes, this.peakBytes + recorded);
  }

  /** Calls of one step of each recorded kind. */
  get recordings(): Recording[] {
    return [...this.kept.values()].map(({ recording }) => recording);
  }

  async step(key: string, inputs: StepInputs, compute: StepFunction, meanwhile?: Meanwhile): Promise<Float32Array> {
    // How work is cut, and with it scratch, depends on the number of threads.
    const id = `${this.simd.threads?.active ?? 1}|${stepKind(key, inputs)}`;
    if (this.refusals.has(id)) return this.eager.step(key, inputs, compute);
    const kept = this.recall(id);
    if (kept === undefined) return this.record(id, inputs, compute);
    if (kept.trusted) return replayStep(this.simd, kept.recording, inputs, meanwhile);
    return this.tryOut(id, kept, inputs, () => this.eager.step(key, inputs, compute));
  }

  /** Kernel by kernel, without the recording: the numbers are the same. */
  profile(key: string, inputs: StepInputs, compute: StepFunction): Promise<{ values: Float32Array; timings: KernelTiming[] }> {
    return this.eager.profile(key, inputs, compute);
  }

  dispose(): void {
    for (const { recording } of this.kept.values()) recording.dispose();
    this.kept.clear();
  }

  /** Runs a step as it is; then from the same state once more, recording it, and a third time from the recording. */
  private record(id: string, inputs: StepInputs, compute: StepFunction): Float32Array {
    const addresses = this.addresses();
    const before = this.readState();
    const outside = tf.memory().numBytes;
    const { values, lifetimes, peakBytes, refusal } = surveyStep(this.simd.backend, inputs, compute);
    this.peakBytes = Math.max(this.peakBytes, outside + peakBytes);
    const moved = sameNumbers(addresses, this.addresses()) ? undefined : 'It changes a variable elsewhere.';
    const large = peakBytes > MOST_BYTES ? 'It takes more memory than may be kept for it.' : undefined;
    const why = refusal ?? moved ?? large;
    if (why !== undefined) {
      this.refusals.set(id, why);
      return values;
    }
    this.makeRoom();
    const after = this.readState();
    this.writeState(before);
    let recording: Recording | undefined;
    try {
      recording = recordStep(this.simd, lifetimes, inputs, compute);
      const recorded = this.readState();
      this.writeState(before);
      const replayed = replayStep(this.simd, recording, inputs);
      if (sameBits([values, ...after, ...after], [replayed, ...recorded, ...this.readState()])) {
        this.kept.set(id, { recording, trusted: false, state: addresses });
        return values;
      }
      recording.dispose();
      this.mistrust(id);
    } catch (error) {
      // The step itself is done; whatever hinders recording only costs speed.
      recording?.dispose();
      this.refusals.set(id, messageOf(error));
    }
    this.writeState(after);
    return values;
  }

  /** Other numbers tell what was frozen: the second step of a kind is done both ways. */
  private async tryOut(id: string, kept: Kept, inputs: StepInputs, eager: () => Promise<Float32Array>): Promise<Float32Array> {
    const before = this.readState();
    const replayed = replayStep(this.simd, kept.recording, inputs);
    const after = this.readState();
    this.writeState(before);
    const values = await eager();
    if (sameBits([values, ...this.readState()], [replayed, ...after])) kept.trusted = true;
    else {
      kept.recording.dispose();
      this.kept.delete(id);
      this.mistrust(id);
    }
    return values;
  }

  private mistrust(id: string): void {
    this.refusals.set(id, 'It did not repeat exactly.');
    this.listener.onNotice?.(
      'A recorded training step did not repeat exactly on this machine, so steps run without recording: right, but slower.',
    );
  }

  private recall(id: string): Kept | undefined {
    const kept = this.kept.get(id);
    if (kept === undefined) return undefined;
    this.kept.delete(id);
    if (sameNumbers(kept.state, this.addresses())) {
      this.kept.set(id, kept);
      return kept;
    }
    kept.recording.dispose();
    return undefined;
  }

  private makeRoom(): void {
    for (const [id, { recording }] of this.kept) {
      if (this.kept.size < MOST_RECORDINGS) return;
      recording.dispose();
      this.kept.delete(id);
    }
  }

  private addresses(): number[] {
    return this.state.map((variable) => this.simd.heap.address(variable));
  }

  private readState(): Float32Array[] {
    return this.state.map((variable) => this.simd.heap.floats(variable).slice());
  }

  private writeState(values: readonly Float32Array[]): void {
    for (const [i, variable] of this.state.entries()) this.simd.heap.floats(variable).set(values[i]);
  }
}

function sameNumbers(a: readonly number[], b: readonly number[]): boolean {
  return a.every((value, i) => value === b[i]);
}
