/** An objective's loss at the present weights, with its gradient. */
import * as tf from '@tensorflow/tfjs-core';
import type { MetricName } from '../config/metrics.ts';
import type { LossResult, Objective, UploadedTask } from '../objectives/objective.ts';
import type { TrainState } from './trainState.ts';

export interface Derivative {
  /** Without what a regulariser adds. */
  loss: tf.Scalar;
  /** One for each name asked for. */
  metrics: tf.Scalar[];
  /** (count) over all parameters; 0 for those that are not trained. */
  gradient: tf.Tensor1D;
}

export function differentiate(
  objective: Objective,
  state: TrainState,
  task: UploadedTask,
  metricNames: readonly MetricName[],
): Derivative {
  const { parameters } = state;
  const weights = parameters.weights();
  const teacher = state.teacherWeights();
  let told: tf.Scalar[] = [];
  const { grads } = tf.engine().gradients(
    () => {
      const result = objective.loss(weights, task, teacher);
      told = [result.loss, ...metricNames.map((name) => metricOf(result, name))].map((scalar) => tf.keep(scalar));
      return result.added === undefined ? result.loss : tf.add<tf.Scalar>(result.loss, result.added);
    },
    parameters.trained.map((name) => weights[name]),
  );
  // Kept beyond the gradient's own scope; the caller's tidy frees these copies.
  const [loss, ...metrics] = told.map((scalar) => scalar.clone());
  tf.dispose(told);
  return { loss, metrics, gradient: parameters.flatten(grads) };
}

function metricOf({ metrics }: LossResult, name: MetricName): tf.Scalar {
  const metric = metrics[name];
  if (metric === undefined) throw new Error(`the objective computes no ${name}`);
  return metric;
}
