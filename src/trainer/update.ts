/** What a training step computes, whoever runs it. */
import type * as tf from '@tensorflow/tfjs-core';
import type { MetricName } from '../config/metrics.ts';
import type { Objective, UploadedTask } from '../objectives/objective.ts';
import { concatFlat } from '../ops/splitFlat.ts';
import { differentiate } from './differentiate.ts';
import { TEACHER_KEEP } from './drawStep.ts';
import type { TrainState } from './trainState.ts';

/**
 * One update of `state`, in place: loss, gradient, AdamW, and the teacher's move where there is one.
 *
 * @returns the loss before it, the gradient's norm, and the metrics that were asked for
 */
export function update(
  objective: Objective,
  state: TrainState,
  task: UploadedTask,
  metricNames: readonly MetricName[],
): tf.Tensor1D {
  const { loss, metrics, gradient } = differentiate(objective, state, task, metricNames);
  const norm = state.update(gradient, task.tensors);
  const keep = task.tensors[TEACHER_KEEP];
  if (keep !== undefined) state.moveTeacher(keep);
  return concatFlat([loss, norm, ...metrics]);
}
