/** What a step needs of memory, from watching it once. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { StepFunction, StepInputs } from '../stepper.ts';
import { uploadInputs } from '../stepper.ts';
import type { Lifetime } from './memoryPlan.ts';
import { isConstant, isRecordable } from './recordable.ts';
import { watchHeap } from './tfjsHeap.ts';

export interface Survey {
  /** What the step returned. */
  values: Float32Array;
  /** Of each piece of memory that it takes, in that order; a time is the number of a kernel. */
  lifetimes: Lifetime[];
  /** The most that it held at once, while tfjs decided what to keep. */
  peakBytes: number;
  /** Why it cannot be recorded, in a sentence. */
  refusal: string | undefined;
}

/** Runs a step as it is, watching it. */
export function surveyStep(backend: BackendWasm, inputs: StepInputs, compute: StepFunction): Survey {
  const lifetimes: Lifetime[] = [];
  /** Which piece of memory lies at an address now. */
  const pieces = new Map<number, number>();
  let time = 0;
  let kernel: string | undefined;
  let held = 0;
  let peakBytes = 0;
  let refusal: string | undefined;
  const lifetimeOf = ({ dataId }: tf.TensorInfo): Lifetime | undefined => {
    const piece = pieces.get(backend.dataIdMap.get(dataId).memoryOffset);
    return piece === undefined ? undefined : lifetimes[piece];
  };
  const stays = (lifetime: Lifetime | undefined) => {
    if (lifetime !== undefined) Object.assign(lifetime, { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY });
  };
  const watch = {
    onAllocate(bytes: number, fromJavaScript: boolean) {
      const lifetime: Lifetime = { bytes, from: time, to: time };
      lifetimes.push(lifetime);
      if (fromJavaScript) stays(lifetime);
      return undefined;
    },
    onAllocated(address: number, bytes: number) {
      pieces.set(address, lifetimes.length - 1);
      held += bytes;
      peakBytes = Math.max(peakBytes, held);
    },
    onFree(address: number) {
      const piece = pieces.get(address >>> 0);
      if (piece !== undefined) held -= lifetimes[piece].bytes;
      pieces.delete(address >>> 0);
      return false;
    },
    onKernel(name: string, read: readonly tf.TensorInfo[]) {
      kernel = name;
      time++;
      if (!isRecordable(name, read)) refusal ??= `${name} has no place in a recorded step.`;
      for (const tensor of read) {
        const lifetime = lifetimeOf(tensor);
        if (lifetime !== undefined) lifetime.to = Math.max(lifetime.to, time);
      }
    },
    onKernelDone(made: readonly tf.TensorInfo[]) {
      if (kernel !== undefined && isConstant(kernel)) for (const tensor of made) stays(lifetimeOf(tensor));
      kernel = undefined;
    },
    onLook() {
      if (kernel === undefined || !isConstant(kernel))
        refusal ??= `${kernel ?? 'The step'} reads or writes numbers in JavaScript.`;
    },
  };
  const result = watchHeap(backend, watch, () => {
    const output = tf.tidy(() => compute(uploadInputs(inputs)));
    stays(lifetimeOf(output));
    return output;
  });
  const values = result.dataSync<'float32'>();
  result.dispose();
  return { values, lifetimes, peakBytes, refusal };
}
