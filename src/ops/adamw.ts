import * as tf from '@tensorflow/tfjs-core';

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
 * @param gradient flat, as long as the parameters
 * @returns the gradient's global norm before clipping, scalar
 */
export function adamW(state: AdamWState, gradient: tf.Tensor, settings: AdamWSettings): tf.Scalar {
  const norm = tf.sqrt(tf.sum(tf.square(gradient))) as tf.Scalar;
  const finite = tf.isFinite(norm);
  const scale = tf.minimum(1, tf.div(settings.clip, tf.add(norm, 1e-6)));
  const clipped = tf.mul(gradient, scale);
  const { beta1, beta2, epsilon } = ADAMW;
  const first = tf.add(tf.mul(state.firstMoment, beta1), tf.mul(clipped, 1 - beta1));
  const second = tf.add(tf.mul(state.secondMoment, beta2), tf.mul(tf.square(clipped), 1 - beta2));
  const denominator = tf.add(tf.sqrt(tf.div(second, 1 - beta2 ** settings.step)), epsilon);
  const direction = tf.div(tf.div(first, 1 - beta1 ** settings.step), denominator);
  const decayed = tf.mul(state.parameters, tf.sub(1, tf.mul(state.decay, settings.learningRate * settings.weightDecay)));
  const updated = tf.sub(decayed, tf.mul(direction, settings.learningRate));
  assignWhere(finite, state.firstMoment, first);
  assignWhere(finite, state.secondMoment, second);
  assignWhere(finite, state.parameters, updated);
  return norm;
}

function assignWhere(condition: tf.Tensor, variable: tf.Variable, value: tf.Tensor): void {
  variable.assign(tf.where(tf.broadcastTo(condition, value.shape), value, variable));
}
