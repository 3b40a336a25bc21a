import { ADAMW, type AdamWSettings } from './adamw.ts';

export interface AdamWArrays {
  parameters: Float64Array;
  firstMoment: Float64Array;
  secondMoment: Float64Array;
  decay: ArrayLike<number>;
  rate: ArrayLike<number>;
}

/** One AdamW update in place, in double precision; returns the gradient's norm before clipping. */
export function adamWReference(state: AdamWArrays, gradient: ArrayLike<number>, settings: AdamWSettings): number {
  const { parameters, firstMoment, secondMoment, decay, rate } = state;
  const { learningRate, weightDecay, clip, step, beta1 = ADAMW.beta1, beta2 = ADAMW.beta2 } = settings;
  let squares = 0;
  for (let i = 0; i < gradient.length; i++) squares += rate[i] === 0 ? 0 : gradient[i] ** 2;
  const norm = Math.sqrt(squares);
  if (!Number.isFinite(norm)) return norm;
  const scale = Math.min(1, clip / (norm + 1e-6));
  for (let i = 0; i < gradient.length; i++) {
    const g = rate[i] === 0 ? 0 : gradient[i] * scale;
    const m = beta1 * firstMoment[i] + (1 - beta1) * g;
    const v = beta2 * secondMoment[i] + (1 - beta2) * g * g;
    const p = parameters[i] * (1 - learningRate * weightDecay * decay[i] * rate[i]);
    const mHat = m / (1 - beta1 ** step);
    const vHat = v / (1 - beta2 ** step);
    firstMoment[i] = m;
    secondMoment[i] = v;
    parameters[i] = p - (learningRate * rate[i] * mHat) / (Math.sqrt(vHat) + ADAMW.epsilon);
  }
  return norm;
}
