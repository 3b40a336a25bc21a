import * as tf from '@tensorflow/tfjs-core';
import { kernelOr } from './kernels.ts';

/** What AdamW needs to know at one step. */
export interface AdamWSettings {
  learningRate: number;
  weightDecay: number;
  /** Longest gradient (global norm) that is taken as it is. */
  clip: number;
  /** 1 for the first update. */
  step: number;
}

export const ADAMW = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 } as const;

/** Parameters and moments as flat vectors of one length; `decay` is 1 where weight decay applies and 0 elsewhere. */
export interface AdamWState {
  parameters: tf.Variable;
  firstMoment: tf.Variable;
  secondMoment: tf.Variable;
  decay: tf.Tensor;
}

/**
 * One update of AdamW (Loshchilov & Hutter 2019, decoupled decay) on a flat parameter vector, with the gradient's global
 * norm clipped first. If the gradient is not finite nothing changes, so the last good weights are always there to keep.
 *
 * A kernel may write into the state's own memory. tfjs lets `clone` and `reshape` share memory: to keep old parameters, copy
 * their values out (`data()`).
 *
 * @param gradient flat, as long as the parameters
 * @returns the gradient's global norm before clipping, scalar
 */
export function adamW(state: AdamWState, gradient: tf.Tensor, settings: AdamWSettings): tf.Scalar {
  return kernelOr<tf.Scalar>('AdamW', { ...state, gradient }, { ...settings }, () => composeUpdate(state, gradient, settings));
}

function composeUpdate(state: AdamWState, gradient: tf.Tensor, settings: AdamWSettings): tf.Scalar {
  const { learningRate, weightDecay, clip, step } = settings;
  const { beta1, beta2, epsilon } = ADAMW;
  const norm = tf.sqrt(tf.sum(tf.square(gradient))) as tf.Scalar;
  // 0 when the gradient is not finite: every rate below is then 0 and every vector stays as it is, bit for bit.
  const finite = tf.cast(tf.isFinite(norm), 'float32');
  const usable = tf.where(tf.isFinite(gradient), gradient, tf.zerosLike(gradient));
  const scale = tf.where(tf.isFinite(norm), tf.minimum(1, tf.div(clip, tf.add(norm, 1e-6))), 0);
  const clipped = tf.mul(usable, scale);
  const first = blend(state.firstMoment, clipped, tf.mul(finite, 1 - beta1));
  const second = blend(state.secondMoment, tf.square(clipped), tf.mul(finite, 1 - beta2));
  const denominator = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** step)), epsilon);
  const direction = tf.div(tf.div(first, 1 - beta1 ** step), denominator);
  const shrinkage = tf.sub(1, tf.mul(state.decay, tf.mul(finite, learningRate * weightDecay)));
  const updated = tf.sub(tf.mul(state.parameters, shrinkage), tf.mul(direction, tf.mul(finite, learningRate)));
  state.firstMoment.assign(first);
  state.secondMoment.assign(second);
  state.parameters.assign(updated);
  return norm;
}

/** (1 - rate) old + rate new. */
function blend(old: tf.Tensor, fresh: tf.Tensor, rate: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(old, tf.sub(1, rate)), tf.mul(fresh, rate));
}
