/** Contrastive pretraining: which sound, which caption belongs to this picture (multimodal.md 3; Akbari et al. 2021)? */
import { choice, type FieldTable, number, type Values } from '../field.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves } from './rules.ts';

const fields = {
  temperature: number({
    label: 'Temperature',
    help: 'Cosines are divided by this before the softmax: lower looks at the hardest of the others only (tau).',
    min: 0.02,
    max: 1,
    step: 0.01,
    scale: 'log',
    default: 0.1,
  }),
  pairs: choice({
    label: 'Pairs',
    help: 'Which senses are brought together: each with each, or everything with pictures only (as ImageBind does), so that the others meet through them.',
    options: [
      { value: 'all', label: 'each with each', short: 'all' },
      { value: 'through-pictures', label: 'through pictures' },
    ],
    default: 'all',
  }),
  width: choice({
    label: 'Common width',
    help: 'Numbers of an embedding in the space that all senses share; as wide as the model unless said otherwise (E).',
    options: [
      { value: 0, label: 'as the model' },
      ...[16, 32, 48, 64, 96, 128, 256].map((value) => ({ value, label: String(value) })),
    ],
    default: 0,
  }),
  readout: choice({
    label: 'Read-out of senses',
    help: 'What labels are learned on afterwards: the projection into the common space, or the mean of tokens before it, which nothing aligned.',
    options: [
      { value: 'after', label: 'after the projection', short: 'after' },
      { value: 'before', label: 'before the projection', short: 'before' },
    ],
    default: 'after',
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { contrastive: Values<typeof fields> };

/** Below so many pairs a step there are too few others to be told from. */
const FEWEST_PAIRS = 32;

export const contrastive = {
  title: 'Contrastive',
  task: 'which belong together?',
  fields,
  several: true,
  start: {
    'task.maskRatio': 0,
    'optimiser.learningRate': 0.002,
    'optimiser.warmup': 100,
    'optimiser.batch': 64,
    'optimiser.steps': 1500,
  },
  metrics: {
    step: [],
    evaluation: ['retrievalPrecision', 'partnerPrecision', 'modalityGap', 'pairMargin', 'embeddingSpread'],
  },
  answers: 'partners',
  rules: [hasWaves, hasOthers, hasPictures],
  masks: false,
  encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function hasOthers({ optimiser: { batch } }: Config): Problem | undefined {
  if (batch >= FEWEST_PAIRS) return undefined;
  return {
    path: 'optimiser.batch',
    message: `A batch of ${batch} has too few others to be told from. Take ${FEWEST_PAIRS} or more.`,
  };
}

function hasPictures({ pair: { senses }, contrastive: { pairs } }: Config): Problem | undefined {
  if (pairs === 'all' || senses.includes('picture')) return undefined;
  return {
    path: 'contrastive.pairs',
    others: ['pair.senses'],
    message: 'Without pictures nothing can be brought together through them. Pair each with each.',
  };
}
