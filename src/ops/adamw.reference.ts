import { ADAMW, type AdamWSettings } from './adamw.ts';

export interface AdamWArrays {
  parameters: Float64Array;
  firstMoment: Float64Array;
  secondMoment: Float64Array;
  decay: ArrayLike<number>;
}

/** One AdamW update in place, in double precision; returns the gradient's norm before clipping. */
export function adamWReference(state: AdamWArrays, gradient: ArrayLike<number>, settings: AdamWSettings): number {
  const { parameters, firstMoment, secondMoment, decay } = state;
  const { learningRate, weightDecay, clip, step } = settings;
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += gradient[i] ** 2;
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm)) return norm;
  const scale = Math.min(1, clip / (norm + 1e-6));
  for (let i = 0; i < gradient.length; i++) {
    const g = gradient[i] * scale;
    const m = ADAMW.beta1 * firstMoment[i] + (1 - ADAMW.beta1) * g;
    const v = ADAMW.beta2 * secondMoment[i] + (1 - ADAMW.beta2) * g * g;
    const p = parameters[i] * (1 - learningRate * weightDecay * decay[i]);
    const mHat = m / (1 - ADAMW.beta1 ** step);
    const vHat = v / (1 - ADAMW.beta2 ** step);
    firstMoment[i] = m;
    secondMoment[i] = v;
    parameters[i] = p - (learningRate * mHat) / (Math.sqrt(vHat) + ADAMW.epsilon);
  }
  return norm;
}
