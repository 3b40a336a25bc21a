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
  /** What is kept of the first and second moment at each update; those of `ADAMW` unless given. */
  beta1?: number;
  beta2?: number;
}

export const ADAMW = { beta1: 0.9, beta2: 0.95, epsilon: 1e-8 } as const;

/** Parameters and moments as flat vectors of one length. */
export interface AdamWState {
  parameters: tf.Variable;
  firstMoment: tf.Variable;
  secondMoment: tf.Variable;
  /** 1 where weight decay applies and 0 elsewhere. */
  decay: tf.Tensor;
  /**
   * Share of the learning rate and of the decay that each parameter takes: 1 for all of it, between for layer-wise decay
   * (Clark et al. 2020; Bao et al. 2022), 0 for frozen: then it keeps its value whatever its gradient, which counts in no norm.
   */
  rate: tf.Tensor;
  /** Scalar: 1 from the first gradient that was not finite on, and nothing changes any more until it is 0 again. */
  halted: tf.Variable;
}

/**
 * The numbers of one step as the kernels take them: (9) learning rate, decay rate, clip, both bias corrections, both betas, and
 * what is missing of them to 1, which single precision would get from 0.999 with an error of 1e-5.
 */
export function adamWNumbers(settings: AdamWSettings): Float32Array {
  const { learningRate, weightDecay, clip, step, beta1 = ADAMW.beta1, beta2 = ADAMW.beta2 } = settings;
  const corrections = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
  return Float32Array.of(learningRate, learningRate * weightDecay, clip, ...corrections, beta1, beta2, 1 - beta1, 1 - beta2);
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
  const [learningRate, decayRate, clip, firstScale, secondScale, , , firstShare, secondShare] = tf.split(hyper, hyper.size);
  const counted = tf.where(tf.greater(state.rate, 0), gradient, tf.zerosLike(gradient));
  const norm = tf.sqrt(tf.sum(tf.square(counted))) as tf.Scalar;
  state.halted.assign(tf.maximum(state.halted, tf.sub(1, tf.cast(tf.isFinite(norm), 'float32'))));
  // 0 once halted: every rate below is then 0 and every vector stays as it is, bit for bit.
  const active = tf.sub(1, state.halted);
  const usable = tf.where(tf.isFinite(counted), counted, tf.zerosLike(counted));
  const scale = tf.where(tf.isFinite(norm), tf.minimum(1, tf.div(clip, tf.add(norm, 1e-6))), 0);
  const clipped = tf.mul(usable, scale);
  const first = blend(state.firstMoment, clipped, tf.mul(active, firstShare));
  const second = blend(state.secondMoment, tf.square(clipped), tf.mul(active, secondShare));
  const denominator = tf.add(tf.sqrt(tf.mul(second, secondScale)), ADAMW.epsilon);
  const direction = tf.div(tf.mul(first, firstScale), denominator);
  const rate = tf.mul(state.rate, active);
  const shrinkage = tf.sub(1, tf.mul(state.decay, tf.mul(rate, decayRate)));
  const updated = tf.sub(tf.mul(state.parameters, shrinkage), tf.mul(direction, tf.mul(rate, learningRate)));
  state.firstMoment.assign(first);
  state.secondMoment.assign(second);
  state.parameters.assign(updated);
  return norm;
}

/** (1 - rate) old + rate new. */
function blend(old: tf.Tensor, fresh: tf.Tensor, rate: tf.Tensor): tf.Tensor {
  return tf.add(tf.mul(old, tf.sub(1, rate)), tf.mul(fresh, rate));
}
