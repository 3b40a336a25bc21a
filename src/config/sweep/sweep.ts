/**
 * A sweep: the same run again and again, with other values of one setting or two, measured in the same ways. Plain data, which the page, a
 * link, a list of experiments and a figure's card share.
 */
import type { Settings, SettingValue } from '../field.ts';
import { sectionsOf } from '../objectives.ts';
import type { RunConfig } from '../run.ts';

/**
 * What is asked at each point: the objective's own numbers on held-out samples; a linear probe and the nearest neighbours' vote on frozen
 * features; training with labels, how that fits what it learned from, and how far heads look before and after
 * it; the median time of a pretraining step on this machine, and the most memory that such a step takes, weights and optimiser
 * included, in MB of 2^20 bytes.
 */
export const SWEEP_MEASURES = ['scores', 'linear', 'knn', 'finetune', 'fit', 'locality', 'stepTime', 'stepMemory'] as const;
export type SweepMeasure = (typeof SWEEP_MEASURES)[number];

/** Those that need labels. */
export const LABEL_MEASURES = ['linear', 'knn', 'finetune'] as const;
export type LabelMeasure = (typeof LABEL_MEASURES)[number];

export function isLabelMeasure(name: string): name is LabelMeasure {
  return (LABEL_MEASURES as readonly string[]).includes(name);
}

export const MEASURE_LABELS: Readonly<Record<SweepMeasure, string>> = {
  scores: 'own scores',
  linear: 'linear probe',
  knn: 'nearest neighbours',
  finetune: 'fine-tuned',
  fit: 'gap and distance of fine-tuning',
  locality: 'how far heads look',
  stepTime: 'ms per step',
  stepMemory: 'MB per step',
};

/** What has no pretraining: the same model fine-tuned from random weights, and one that is left as random as it is. */
export const SWEEP_BASELINES = ['scratch', 'random'] as const;
export type SweepBaseline = (typeof SWEEP_BASELINES)[number];

export const BASELINE_LABELS: Readonly<Record<SweepBaseline, string>> = {
  scratch: 'From scratch',
  random: 'Random, frozen',
};

/** What each baseline can be measured by. */
export const BASELINE_MEASURES: Readonly<Record<SweepBaseline, readonly LabelMeasure[]>> = {
  scratch: ['finetune'],
  random: ['linear', 'knn'],
};

export interface SweepAxis {
  /** Of a setting. `finetune.optimiser.steps` is that of the run with labels, `optimiser.steps` that of pretraining. */
  path: string;
  values: readonly SettingValue[];
}

export interface Sweep {
  /** The run that every point changes: its objective, settings and samples. */
  base: RunConfig;
  /** Settings of the run with labels, where they are to be others than what follows from pretraining (`fineTuneConfig`). */
  labels: Settings;
  /** One, or two for a grid. */
  axes: readonly SweepAxis[];
  seeds: readonly number[];
  measures: readonly SweepMeasure[];
  baselines: readonly SweepBaseline[];
  /** Steps at which one pretraining is looked at on its way, in place of its end; empty for the end. */
  checkpointsAt: readonly number[];
  /** Mask ratios at which own scores are told beside that of training (`scoreAt`); none when absent. */
  testMaskRatios?: readonly number[];
  /** Whether all seeds share the pretraining of the base's own seed: their spread is then that of labels, heads and batches alone. */
  onePretraining: boolean;
}

/** Names a number at a place: a score at a mask ratio that is not the run's own, "positionAccuracy@0.5", or one of a block, "attentionAfter@0". */
export function scoreAt(metric: string, place: number): string {
  return `${metric}@${place}`;
}

/** What is told of each block where `locality` is asked, in patches. */
export const LOCALITY_LABELS = {
  attentionBefore: 'Attention distance before fine-tuning',
  attentionAfter: 'Attention distance after fine-tuning',
  attentionChange: 'Change of the attention distance',
  headSpread: 'Spread of heads after fine-tuning',
} as const;
export type LocalityMeasure = keyof typeof LOCALITY_LABELS;
export const LOCALITY_MEASURES = Object.keys(LOCALITY_LABELS) as readonly LocalityMeasure[];

/** Those that are told of what is fine-tuned, wherever that is measured. */
export const FINE_TUNING_MEASURES: readonly SweepMeasure[] = ['fit', 'locality'];

/** What a metric of fine-tuning is called beside those of pretraining: "finetune.generalisationGap". */
export function fineTuningMetric(metric: 'generalisationGap' | 'distance'): string {
  return `${LABELS_PREFIX}${metric}`;
}

/** Whose setting a path is. */
export type SweepStage = 'pretraining' | 'labels';

/** In front of settings of the run with labels that pretraining has too. */
export const LABELS_PREFIX = 'finetune.';

/** The setting that a path of an axis means. */
export function settingOf(path: string): string {
  return path.startsWith(LABELS_PREFIX) ? path.slice(LABELS_PREFIX.length) : path;
}

/** Settings for labels are of the run with labels, unless the base itself is one. */
export function stageOf(path: string, base: RunConfig): SweepStage {
  if (path.startsWith(LABELS_PREFIX)) return 'labels';
  const own = sectionsOf(base.task.objective).includes('supervised');
  return path.startsWith('supervised.') && !own ? 'labels' : 'pretraining';
}

/** Every combination of the axes' values, the first axis slowest; one empty combination of no axes. */
export function gridOf(axes: readonly SweepAxis[]): Settings[] {
  return axes.reduce<Settings[]>(
    (cells, { path, values }) => cells.flatMap((cell) => values.map((value) => ({ ...cell, [path]: value }))),
    [{}],
  );
}

/** Those measures that need labels, in the order of the tables. */
export function labelMeasures({ measures }: Pick<Sweep, 'measures'>): LabelMeasure[] {
  return LABEL_MEASURES.filter((measure) => measures.includes(measure));
}
