/** Self-distillation for further pretraining: a student starts over beside a teacher that went on (methods 4). */
import { BUILT_IN_DATASETS, type BuiltInDataset, DATASET_LABELS, DATASET_MODALITIES } from '../datasets.ts';
import { choice, type FieldTable, type Values, whole } from '../field.ts';
import { modalityFacts, modalityOf } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts, Phase } from './facts.ts';
import { decoderFits, mae } from './mae.ts';
import { hasWaves, keepsSome, removesSome } from './rules.ts';
import { WORD_METRICS } from './wordMetrics.ts';

const SOURCES: readonly BuiltInDataset[] = BUILT_IN_DATASETS;

const fields = {
  source: choice({
    label: 'Pretrained on',
    help: 'The samples of the first phase, which makes the start; the later phases learn the data set chosen under Data.',
    options: SOURCES.map((value) => ({ value, label: DATASET_LABELS[value] })),
    default: 'faces',
  }),
  pretrainSteps: whole({
    label: 'Pretraining steps',
    help: 'Length of the first phase. 0 when the start comes from a file (Load).',
    unit: 'steps',
    min: 0,
    max: 100_000,
    step: 100,
    scale: 'decades',
    default: 1000,
  }),
  rounds: whole({
    label: 'Rounds',
    help: 'How often a student restarts from the start and learns from the one before (T’); the first matters most.',
    min: 1,
    max: 4,
    step: 1,
    default: 1,
  }),
  variant: choice({
    label: 'Variant',
    help: 'The method, or one of the ablations that the paper compares it with.',
    options: [
      { value: 'full', label: 'self-distillation' },
      { value: 'noMae', label: 'without MAE' },
      { value: 'noDistillation', label: 'without distillation', short: 'no distillation' },
      { value: 'twice', label: 'further pretraining, twice as long', short: 'twice as long' },
      { value: 'predictions', label: 'match predictions' },
      { value: 'weights', label: 'match weights' },
    ],
    default: 'full',
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { mae: Values<typeof mae.fields>; selfDistillation: Values<typeof fields> };

export const selfDistillation = {
  title: 'Self-distillation',
  task: 'learn a new domain, keep the old',
  fields,
  borrows: ['mae'],
  start: {
    'task.maskRatio': 0.75,
    'picture.patch': 4,
    'optimiser.learningRate': 0.001,
    'optimiser.warmup': 50,
    'optimiser.steps': 500,
  },
  startOn: {
    sound: { 'sound.tokens': 'running', 'selfDistillation.source': 'melodies' },
    text: { 'task.maskRatio': 0.3, 'optimiser.batch': 32, 'selfDistillation.source': 'tales' },
  },
  on: {
    text: {
      metrics: {
        step: ['wordCrossEntropy', ...WORD_METRICS.step, 'distillation'],
        evaluation: [...WORD_METRICS.evaluation, 'distance'],
        explorer: WORD_METRICS.explorer,
      },
      encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
    },
  },
  metrics: {
    step: ['maskedError', 'distillation'],
    evaluation: ['maskedError', 'visibleError', 'maskedVariance', 'distance'],
    explorer: 'maskedError',
  },
  rules: [keepsSome, removesSome, hasWaves, decoderFits, sourceFits, paintsPixels, seesKept],
  idle: {
    // What is learned beside the teacher is BERT there.
    ...Object.fromEntries(Object.keys(mae.fields).map((name) => [`mae.${name}`, onWords])),
    'selfDistillation.rounds': ({ selfDistillation: { variant } }: Config) =>
      variant === 'noDistillation' || variant === 'twice' ? 'none in this variant' : undefined,
    'selfDistillation.source': ({ selfDistillation: { pretrainSteps } }: Config) =>
      pretrainSteps === 0 ? 'no pretraining steps' : undefined,
  },
  phases,
  masks: true,
  // The class token is what a student matches.
  encoder: { readOut: () => 'class', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function onWords(config: Config): string | undefined {
  return modalityFacts(config).ids ? 'words are guessed without a decoder' : undefined;
}

/** Pretrained start, further pretraining, then students that restart from the start (or, for the ablations, do not). */
function phases({ optimiser: { steps }, selfDistillation: { pretrainSteps, rounds, variant } }: Config): Phase[] {
  const start: Phase = { label: 'Pretraining', task: 'own', steps: pretrainSteps, data: 'source', start: 'previous' };
  const further: Phase = { label: 'Further pretraining', task: 'own', steps, data: 'target', start: 'previous' };
  switch (variant) {
    case 'noDistillation':
      return [start, further];
    case 'twice':
      return [start, { ...further, steps: 2 * steps }];
    default:
      return [start, further, ...Array.from({ length: rounds }, (_, i) => distillationRound(i + 1, steps))];
  }
}

function distillationRound(round: number, steps: number): Phase {
  return { label: `Self-distillation, round ${round}`, task: 'distillation', steps, data: 'target', start: 'pretrained' };
}

/** What students are held against are features, and what they paint are numbers of patches. */
function paintsPixels(config: Config): Problem | undefined {
  const { target } = config.mae;
  if (modalityFacts(config).ids !== undefined || target === 'normalised' || target === 'pixels') return undefined;
  return { path: 'mae.target', message: 'Self-distillation paints pixels: set the target to normalised or raw pixels.' };
}

function seesKept(config: Config): Problem | undefined {
  if (modalityFacts(config).ids !== undefined || config.mae.encoderSees === 'kept') return undefined;
  return { path: 'mae.encoderSees', message: 'Self-distillation’s encoder sees kept patches alone: set it to these.' };
}

/** One encoder reads both. */
function sourceFits(config: Config): Problem | undefined {
  const { source, pretrainSteps } = config.selfDistillation;
  const modality = modalityOf(config);
  if (pretrainSteps === 0 || DATASET_MODALITIES[source] === modality) return undefined;
  const fitting = SOURCES.filter((name) => DATASET_MODALITIES[name] === modality).map((name) => DATASET_LABELS[name]);
  return {
    path: 'selfDistillation.source',
    others: ['data.dataset', 'data.modality'],
    message: `${DATASET_LABELS[source]} are not of the same kind as what is learned afterwards: take ${fitting.join(', ')}.`,
  };
}
