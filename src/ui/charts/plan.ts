/** Which numbers an objective draws over training time: the main one first. */
import { METRICS, type MetricName } from '../../config/metrics.ts';
import { OBJECTIVE_FACTS, type ObjectiveName } from '../../config/objectives.ts';
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

const MAIN = (objective: ObjectiveName, training: MetricName): ChartPlan => {
  const metric = OBJECTIVE_FACTS[objective].metrics.evaluation[0];
  return { title: METRICS[metric].label, metric, training, heldOut: [{ name: 'held-out', metric }] };
};

const LOSS = (unit: string): ChartPlan => ({
  title: `Loss, ${unit}`,
  metric: 'loss',
  training: 'loss',
  heldOut: [{ name: 'held-out', metric: 'loss' }],
});

const CHARTS: Readonly<Record<ObjectiveName, readonly [ChartPlan, ChartPlan]>> = {
  mp3: [MAIN('mp3', 'positionAccuracy'), LOSS('nats')],
  mae: [
    MAIN('mae', 'loss'),
    {
      title: 'Checks',
      metric: 'visibleError',
      heldOut: [
        { name: 'visible', metric: 'visibleError' },
        { name: 'variance', metric: 'maskedVariance' },
      ],
    },
  ],
  simmim: [
    MAIN('simmim', 'loss'),
    { title: 'Variance across cells', metric: 'maskedVariance', heldOut: [{ name: 'held-out', metric: 'maskedVariance' }] },
  ],
  data2vec: [
    MAIN('data2vec', 'perDimension'),
    { title: 'Cosine similarity', metric: 'cosine', heldOut: [{ name: 'held-out', metric: 'cosine' }] },
  ],
  selfDistillation: [
    MAIN('selfDistillation', 'maskedError'),
    {
      title: 'Distance to the teacher',
      metric: 'distillation',
      training: 'distillation',
      heldOut: [{ name: 'held-out', metric: 'distillation' }],
      task: 'distillation',
    },
  ],
  supervised: [MAIN('supervised', 'accuracy'), LOSS('nats')],
};

export function chartsOf(objective: ObjectiveName): readonly [ChartPlan, ChartPlan] {
  return CHARTS[objective];
}
