/** The fastest way to step on the backend that is current. */
import type * as tf from '@tensorflow/tfjs-core';
import { currentSimd } from '../ops/simd/instance.ts';
import { currentGpuSession } from './gpu/session.ts';
import { RecordedStepper } from './recorded/recordedStepper.ts';
import { EagerStepper, type Stepper } from './stepper.ts';

/** @param state everything that a step changes in place */
export function createStepper(state: readonly tf.Variable[]): Stepper {
  const simd = currentSimd();
  if (simd !== undefined) return new RecordedStepper(simd, state, simd);
  return currentGpuSession()?.stepper(state) ?? new EagerStepper();
}
