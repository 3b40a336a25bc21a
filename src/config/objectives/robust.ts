/**
 * Labels for some senses only, and what the model then makes of the others: fine-tuning, and self-distillation from the senses that have
 * labels to those that have none (MASD; McKinzie et al. 2023; methods 6).
 */
import { choice, type FieldTable, number, type Values, whole } from '../field.ts';
import { SENSES } from '../modalities/names.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import { subsetName, subsetsOf } from '../subsets.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves } from './rules.ts';

const fields = {
  trainOn: choice({
    label: 'Labels for',
    help: 'The senses that labelled samples have: what the classifier learns from (M_T).',
    options: subsetsOf(SENSES).map((subset) => ({ value: subsetName(subset), label: subset.join(' + ') })),
    default: 'picture',
  }),
  method: choice({
    label: 'Method',
    help: 'Fine-tuning on the labels alone, or MASD: what the labelled senses answer is taught to the others, on samples without labels.',
    options: [
      { value: 'FT', label: 'fine-tuning', short: 'FT' },
      { value: 'MASD', label: 'MASD: teaches the other senses', short: 'MASD' },
    ],
    default: 'MASD',
  }),
  student: choice({
    label: 'Student sees',
    help: 'MASD only: all the senses without labels together (the paper), or a random part of them at each step.',
    options: [
      { value: 'rest', label: 'all the rest' },
      { value: 'part', label: 'a random part of the rest', short: 'a random part' },
    ],
    default: 'rest',
  }),
  encoders: choice({
    label: 'Encoders',
    help: 'One for each sense, as contrastive pretraining makes them, or with a block that all senses share, as multimodal MAE does.',
    options: [
      { value: 'apart', label: 'one for each sense', short: 'apart' },
      { value: 'joint', label: 'with a block for all', short: 'joint' },
    ],
    default: 'apart',
  }),
  labelsPerClass: whole({
    label: 'Labels of each class',
    help: 'Labelled samples of each class, drawn from the seed.',
    min: 1,
    max: 500,
    step: 1,
    default: 50,
  }),
  unlabelled: whole({
    label: 'Samples without labels',
    help: 'How many samples MASD may look at without their labels, drawn from the seed; 0 takes all.',
    min: 0,
    max: 100_000,
    step: 100,
    scale: 'decades',
    default: 4000,
  }),
  weight: number({
    label: 'Weight of MASD',
    help: 'What the student’s error counts beside that on labels; 0 is fine-tuning.',
    min: 0,
    max: 4,
    step: 0.1,
    default: 1,
  }),
  dropModality: number({
    label: 'Modality dropout',
    help: 'Chance that a labelled batch shows only a random part of its senses: the cheapest cure for a missing sense.',
    min: 0,
    max: 0.9,
    step: 0.05,
    default: 0,
  }),
} as const satisfies FieldTable;

export type RobustSettings = Values<typeof fields>;
type Config = CoreConfig & { robust: RobustSettings };

export const robust = {
  title: 'Robustness',
  task: 'labels for some senses, tests with any',
  fields,
  borrows: ['contrastive'],
  several: true,
  start: {
    'task.maskRatio': 0,
    'optimiser.learningRate': 0.0005,
    'optimiser.warmup': 20,
    'optimiser.batch': 64,
    'optimiser.steps': 150,
  },
  metrics: { step: ['accuracy'], evaluation: ['accuracy', 'performance', 'robustness'] },
  rules: [hasWaves, knowsSenses],
  idle: {
    'robust.student': (config: Config) => onlyTeaches(config),
    'robust.unlabelled': (config: Config) => onlyTeaches(config),
    'robust.weight': (config: Config) => onlyTeaches(config),
    'robust.dropModality': ({ robust: { trainOn } }: Config) => (trainOn.includes('+') ? undefined : 'one sense only'),
  },
  masks: false,
  answers: 'classes',
  labelled: true,
  encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function onlyTeaches({ robust: { method, trainOn }, pair: { senses } }: Config): string | undefined {
  if (method === 'FT') return 'only for MASD';
  return trainOn === senses ? 'no sense is left to teach' : undefined;
}

function knowsSenses({ robust: { trainOn }, pair: { senses } }: Config): Problem | undefined {
  const missing = trainOn.split('+').filter((sense) => !senses.split('+').includes(sense));
  if (missing.length === 0) return undefined;
  return {
    path: 'robust.trainOn',
    others: ['pair.senses'],
    message: `The samples have no ${missing.join(' and no ')} (${senses}). Choose others, or take all senses.`,
  };
}
