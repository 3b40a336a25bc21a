/** Multimodal MAE: paint what was removed of each sense from what is left of all of them (multimodal.md 2, 3; Gong et al. 2023). */
import { type FieldTable, number, type Values } from '../field.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves, keepsSome, removesSome } from './rules.ts';

const fields = {
  wordMask: number({
    label: 'Words removed',
    help: 'Share of the words of a caption that are removed, at least one; the mask ratio is that of pictures and sounds.',
    min: 0.1,
    max: 0.9,
    step: 0.05,
    default: 0.5,
  }),
  wordWeight: number({
    label: 'Weight of words',
    help: 'What the error on words counts beside those on pictures and sounds.',
    min: 0,
    max: 4,
    step: 0.1,
    default: 0.5,
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { multimodalMae: Values<typeof fields> };

export const multimodalMae = {
  title: 'Multimodal MAE',
  task: 'paint what was removed, from all senses',
  fields,
  several: true,
  start: {
    'task.maskRatio': 0.75,
    'optimiser.learningRate': 0.002,
    'optimiser.warmup': 100,
    'optimiser.batch': 64,
    'optimiser.steps': 1500,
  },
  metrics: {
    step: ['pictureError', 'soundError', 'wordError'],
    evaluation: ['pictureError', 'soundError', 'wordError', 'maskedWordAccuracy'],
  },
  rules: [keepsSome, removesSome, hasWaves],
  masks: true,
  encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;
