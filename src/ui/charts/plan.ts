/** Which numbers an objective draws over training time: the main one first. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import type { ObjectiveFacts } from '../../config/objectives/facts.ts';
import type { Phase } from '../../config/phases.ts';

export interface ChartPlan {
  title: string;
  /** What the upright axis counts. */
  metric: MetricName;
  /** What a training step reports of it: the metric itself, or the loss where they are the same number. */
  training?: MetricName;
  /** Held-out lines by name. */
  heldOut: readonly { name: string; metric: MetricName }[];
  /** Training points of other phases say nothing. */
  task?: Phase['task'];
}

/** The main number of an objective. @param training what a step reports of it */
export function mainChart({ metrics }: Pick<ObjectiveFacts, 'metrics'>, training: MetricName): ChartPlan {
  const [metric] = metrics.evaluation;
  return { title: METRICS[metric].label, metric, training, heldOut: [{ name: 'held-out', metric }] };
}

/** The main number of an objective where a training step does not report it. */
export function heldOutChart({ metrics }: Pick<ObjectiveFacts, 'metrics'>): ChartPlan {
  const [metric] = metrics.evaluation;
  return { title: METRICS[metric].label, metric, heldOut: [{ name: 'held-out', metric }] };
}

export const LOSS_IN_NATS: ChartPlan = {
  title: 'Loss, nats',
  metric: 'loss',
  training: 'loss',
  heldOut: [{ name: 'held-out', metric: 'loss' }],
};
