import * as tf from '@tensorflow/tfjs-core';
import { ADAMW, type AdamWState } from './adamw.ts';
import { kernelOr } from './kernels.ts';

/** Where RecAdam pulls to, and what. */
export interface Pulled {
  /** Flat, as long as the parameters. */
  start: tf.Tensor;
  /** Each parameter's share of the learning rate where it has a start, 0 where it has none: there AdamW's step stays as it is. */
  share: tf.Tensor;
}

/**
 * Turns a step that AdamW has just done into one of RecAdam (Chen et al. 2020, Algorithm 1), in place:
 *
 *     theta_t = theta_(t-1) - eta (lambda(t) m / (sqrt(v) + epsilon) + (1 - lambda(t)) gamma (theta_(t-1) - theta*)),
 *     lambda(t) = 1 / (1 + exp(-k (t - t0))),
 *
 * m and v corrected for their bias. What AdamW stepped too far, (1 - lambda) of it, is taken back; the pull follows from there, as in the
 * authors' program, so that it reads the weights after the gradient's step and goes through no moment: decoupled, as decay is. Weight decay,
 * which the paper has none of, came before and is not scaled; in the authors' program it comes last. At lambda = 1 not a bit changes.
 *
 * @param state after `adamW`; a halted one keeps its bits
 * @param hyper of that update (`adamWNumbers`)
 * @param numbers (2): 1 - lambda(t), gamma
 */
export function recAdam(state: AdamWState, pulled: Pulled, hyper: tf.Tensor1D, numbers: tf.Tensor1D): void {
  const { parameters, firstMoment, secondMoment, halted } = state;
  tf.tidy(() => {
    kernelOr<tf.Tensor[]>('RecAdam', { parameters, firstMoment, secondMoment, halted, ...pulled, hyper, numbers }, {}, () => {
      parameters.assign(composeUpdate(state, pulled, hyper, numbers));
      return [];
    });
  });
}

function composeUpdate(state: AdamWState, { start, share }: Pulled, hyper: tf.Tensor1D, numbers: tf.Tensor1D): tf.Tensor {
  const [learningRate, , , firstScale, secondScale] = tf.split(hyper, hyper.size);
  const [rest, gamma] = tf.split(numbers, numbers.size);
  const active = tf.sub(1, state.halted);
  const step = tf.mul(share, tf.mul(active, tf.mul(learningRate, rest)));
  const denominator = tf.add(tf.sqrt(tf.mul(state.secondMoment, secondScale)), ADAMW.epsilon);
  const direction = tf.div(tf.mul(state.firstMoment, firstScale), denominator);
  const stepped = tf.add(state.parameters, tf.mul(step, direction));
  return tf.sub(stepped, tf.mul(tf.mul(step, gamma), tf.sub(stepped, start)));
}
