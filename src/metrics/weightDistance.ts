/** How far training has moved a model from where it started (methods 4.3). */
import { invariant } from '../base/invariant.ts';

export interface WeightDistance {
  /** l2 norm of the difference. */
  distance: number;
  /** The distance over the l2 norm of the start; NaN for a start of zeros. */
  relative: number;
}

/** @param weights,start all weights of two models, flat, in the same order */
export function weightDistance(weights: Float32Array, start: Float32Array): WeightDistance {
  invariant(weights.length === start.length, `${weights.length} weights against ${start.length}`);
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < weights.length; i++) {
    difference += (weights[i] - start[i]) ** 2;
    norm += start[i] ** 2;
  }
  const distance = Math.sqrt(difference);
  return { distance, relative: norm === 0 ? Number.NaN : distance / Math.sqrt(norm) };
}
