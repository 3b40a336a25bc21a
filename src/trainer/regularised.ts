/** The update of a run's weights, with what a regulariser does before and after it. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Anchor, Regulariser } from '../objectives/regulariser.ts';
import { type AdamWState, adamW } from '../ops/adamw.ts';

/** A regulariser and what it holds on to. */
export interface Held {
  regulariser: Regulariser;
  anchor: Anchor;
}

/**
 * @param hyper see `adamWNumbers`
 * @param numbers of the regulariser at this update
 * @returns the norm of the gradient that AdamW was given, before clipping
 */
export function regularisedUpdate(
  state: AdamWState,
  gradient: tf.Tensor1D,
  hyper: tf.Tensor1D,
  held?: Held,
  numbers?: tf.Tensor1D,
): tf.Scalar {
  if (held === undefined || numbers === undefined) return adamW(state, gradient, hyper);
  const { regulariser, anchor } = held;
  const pulled = regulariser.gradient?.(gradient, state.parameters, anchor, numbers) ?? gradient;
  const norm = adamW(state, pulled, hyper);
  regulariser.afterUpdate?.(state, anchor, numbers, hyper);
  return norm;
}
