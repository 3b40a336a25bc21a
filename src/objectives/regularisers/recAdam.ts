import { recAdam as pullBack } from '../../ops/recAdam.ts';
import type { Regulariser } from '../regulariser.ts';

export interface RecAdamNumbers {
  /** Of the pull. */
  gamma: number;
  /** k: slope of the sigmoid, for each update. */
  slope: number;
  /** t0: the update where both weigh the same. */
  middle: number;
}

/**
 * RecAdam (Chen et al. 2020): the loss is lambda(t) L + (1 - lambda(t)) gamma / 2 |w - w0|^2 with lambda(t) = 1 / (1 + exp(-k (t - t0))),
 * and the pull goes round Adam's moments as decoupled decay does (`ops/recAdam.ts`). New weights learn from L alone, as in the authors' program.
 */
export function recAdam({ gamma, slope, middle }: RecAdamNumbers): Regulariser {
  return {
    needsStart: true,
    passes: 0,
    // 1 - lambda, without the digits that a difference would lose.
    numbers: (update) => Float32Array.of(1 / (1 + Math.exp(slope * (update - middle))), gamma),
    afterUpdate: (state, { start, share }, numbers, hyper) => pullBack(state, { start, share }, hyper, numbers),
  };
}
