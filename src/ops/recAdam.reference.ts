import type { AdamWArrays } from './adamw.reference.ts';
import { ADAMW, type AdamWSettings } from './adamw.ts';

export interface RecAdamSettings extends AdamWSettings {
  /** lambda(t), 0 to 1: what the gradient's step keeps. */
  lambda: number;
  gamma: number;
}

/** What RecAdam makes of `state` after AdamW's update, in place, in double precision. */
export function recAdamReference(
  { parameters, firstMoment, secondMoment, rate }: AdamWArrays,
  start: ArrayLike<number>,
  held: ArrayLike<number>,
  { learningRate, step, lambda, gamma, beta1 = ADAMW.beta1, beta2 = ADAMW.beta2 }: RecAdamSettings,
): void {
  for (let i = 0; i < parameters.length; i++) {
    const eta = learningRate * rate[i] * held[i];
    const direction = firstMoment[i] / (1 - beta1 ** step) / (Math.sqrt(secondMoment[i] / (1 - beta2 ** step)) + ADAMW.epsilon);
    const stepped = parameters[i] + (1 - lambda) * eta * direction;
    parameters[i] = stepped - eta * (1 - lambda) * gamma * (stepped - start[i]);
  }
}
