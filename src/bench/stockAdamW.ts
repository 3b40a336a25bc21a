/** AdamW in stock ops, one variable after another as `tf.train.adam` does it, with decoupled decay and a clipped norm. */
import * as tf from '@tensorflow/tfjs-core';
import { ADAMW } from '../ops/adamw.ts';
import type { StepInput } from './problem.ts';

export interface StockParameter {
  variable: tf.Variable;
  decays: boolean;
}

type Rates = Pick<StepInput, 'learningRate' | 'decayRate' | 'firstCorrection' | 'secondCorrection'>;

export class StockAdamW {
  private readonly moments: Record<string, [first: tf.Variable, second: tf.Variable]> = {};

  /** @param clip longest gradient (global norm) that is taken as it is */
  constructor(
    private readonly parameters: Readonly<Record<string, StockParameter>>,
    private readonly clip: number,
  ) {
    for (const [name, { variable }] of Object.entries(parameters)) {
      const zeros = tf.zerosLike(variable);
      this.moments[name] = [tf.variable(zeros, false), tf.variable(zeros, false)];
      zeros.dispose();
    }
  }

  /** To be called inside a `tidy`. */
  update(gradients: Readonly<Record<string, tf.Tensor>>, rates: Rates): void {
    const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
    // Not addN: on WebGPU it binds all its inputs at once, and more than 8 are refused.
    const norm = tf.sqrt(tf.sum(tf.stack(squares)));
    const scale = tf.minimum(1, tf.div(this.clip, tf.add(norm, 1e-6)));
    for (const [name, gradient] of Object.entries(gradients)) this.updateOne(name, tf.mul(gradient, scale), rates);
  }

  dispose(): void {
    tf.dispose(Object.values(this.moments).flat());
  }

  private updateOne(name: string, gradient: tf.Tensor, rates: Rates): void {
    const { beta1, beta2, epsilon } = ADAMW;
    const { variable, decays } = this.parameters[name];
    const [first, second] = this.moments[name];
    first.assign(tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1)));
    second.assign(tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2)));
    const denominator = tf.add(tf.sqrt(tf.mul(second, rates.secondCorrection)), epsilon);
    const change = tf.mul(tf.div(first, denominator), rates.learningRate * rates.firstCorrection);
    variable.assign(tf.sub(decays ? tf.mul(variable, 1 - rates.decayRate) : variable, change));
  }
}
