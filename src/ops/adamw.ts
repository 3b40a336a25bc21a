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
  /** Scalar: 1 from the first gradient that was not finite on, and nothing changes any more until it is 0 again. */
  halted: tf.Variable;
}

/** The numbers of one step as the kernels take them: (5) learning rate, decay rate, clip, and both bias corrections. */
export function adamWNumbers({ learningRate, weightDecay, clip, step }: AdamWSettings): Float32Array {
  const { beta1, beta2 } = ADAMW;
  return Float32Array.of(learningRate, learningRate * weightDecay, clip, 1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step));
}

/**
 * One update of AdamW (Loshchilov & Hutter 2019, decoupled decay) on a flat parameter vector, with the gradient's global
 * norm clipped first. If the gradient is not finite nothing changes, in this step or in later ones that may already be under
 * way, so the last good weights are always there to keep.
 *
 * A kernel may write into the state's own memory. tfjs lets `clone` and `reshape` share memory: to keep old parameters, copy
 * their values out (`data()`).
 *
 * @param gradient flat, as long as the parameters
 * @param hyper see `adamWNumbers`; a tensor, so that a recorded step takes new numbers each time it is replayed
 * @returns the gradient's global norm before clipping, scalar
 */
export function adamW(state: AdamWState, gradient: tf.Tensor, hyper: tf.Tensor1D): tf.Scalar {
  return kernelOr<tf.Scalar>('AdamW', { ...state, gradient, hyper }, {}, () => composeUpdate(state, gradient, hyper));
}

function composeUpdate(state: AdamWState, gradient: tf.Tensor, hyper: tf.Tensor1D): tf.Scalar {
  const { beta1, beta2 } = ADAMW;
  const [learningRate, decayRate, clip, firstScale, secondScale] = tf.split(hyper, 5);
  const norm = tf.sqrt(tf.sum(tf.square(gradient))) as tf.Scalar;
  state.halted.assign(tf.maximum(state.halted, tf.sub(1, tf.cast(tf.isFinite(norm), 'float32'))));
  // 0 once halted: every rate below is then 0 and every vector stays as it is, bit for bit.
  const active = tf.sub(1, state.halted);
  const usable = tf.where(tf.isFinite(gradient), gradient, tf.zerosLike(gradient));
  const scale = tf.where(tf.isFinite(norm), tf.minimum(1, tf.div(clip, tf.add(norm, 1e-6))), 0);
  const clipped = tf.mul(usable, scale);
  const first = blend(state.firstMoment, clipped, tf.mul(active, 1 - beta1));
  const second = blend(state.secondMoment, tf.square(clipped), tf.mul(active, 1 - beta2));
  const denominator = tf.add(tf.sqrt(tf.mul(second, secondScale)), ADAMW.epsilon);
  const direction = tf.div(tf.mul(first, firstScale), denominator);
  const shrinkage = tf.sub(1, tf.mul(state.decay, tf.mul(active, decayRate)));
  const updated = tf.sub(tf.mul(state.parameters, shrinkage), tf.mul(direction, tf.mul(active, learningRate)));
  state.firstMoment.assign(first);
  state.secondMoment.assign(second);
  state.parameters.assign(updated);
  return norm;
}

/** (1 - rate) old + rate new. */
function blend(old: tf.Tensor, fresh: tf.Tensor, rate: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(old, tf.sub(1, rate)), tf.mul(fresh, rate));
}
