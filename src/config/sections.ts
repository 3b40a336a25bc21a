/** The settings that every run has, whatever its objective. */
import {
  BUILT_IN_DATASETS,
  CLASS_LEVEL_LABELS,
  CLASS_LEVELS,
  DATASET_LABELS,
  type DatasetName,
  HOLD_OUT_LABELS,
  HOLD_OUTS,
} from './datasets.ts';
import { choice, type FieldTable, number, type Values, whole } from './field.ts';
import { MODALITY_LABELS, MODALITY_NAMES } from './modalities/names.ts';
import type { PAIR_FIELDS } from './modalities/pair.ts';
import type { PICTURE_FIELDS } from './modalities/picture.ts';
import type { SOUND_FIELDS } from './modalities/sound.ts';
import type { TEXT_FIELDS } from './modalities/text.ts';
import type { ObjectiveName } from './objectives/names.ts';

const DATASET_NAMES: readonly DatasetName[] = [...BUILT_IN_DATASETS, 'files'];

export const DATA_FIELDS = {
  dataset: choice({
    label: 'Dataset',
    help: 'What to learn from, pictures, sounds or texts; built-in ones are made from the seed, nothing is downloaded.',
    options: DATASET_NAMES.map((value) => ({ value, label: DATASET_LABELS[value] })),
    default: 'scenes',
  }),
  modality: choice({
    label: 'Your files hold',
    help: 'Pictures, sounds, texts, or pairs of them: found out when files are added; what is of another kind is left out.',
    options: MODALITY_NAMES.map((value) => ({ value, label: MODALITY_LABELS[value] })),
    default: 'picture',
  }),
  splitSeed: whole({
    label: 'Split seed',
    help: 'Decides which of your own files are held out, where they come without a test set; apart from the seed, so that runs of other seeds are tested on the same ones.',
    min: 0,
    max: 999_999_999,
    step: 1,
    default: 1,
  }),
  classLevel: choice({
    label: 'Classes by',
    help: 'Which folder names the class of your files, counted below those that all of them share, without train and test.',
    options: CLASS_LEVELS.map((value) => ({ value, label: CLASS_LEVEL_LABELS[value] })),
    default: 'auto',
  }),
  holdOut: choice({
    label: 'Hold out',
    help: 'At random: some files of every class. Whole groups: every file of some speakers, or of some folders, so that the test is on those never met in training.',
    options: HOLD_OUTS.map((value) => ({ value, label: HOLD_OUT_LABELS[value] })),
    default: 'random',
  }),
} as const satisfies FieldTable;

export const MODEL_FIELDS = {
  width: whole({
    label: 'Width',
    help: 'Numbers that describe one token inside the model; must be a multiple of the heads.',
    min: 16,
    max: 768,
    step: 16,
    default: 64,
  }),
  depth: whole({ label: 'Depth', help: 'Transformer blocks, one after another.', min: 0, max: 12, step: 1, default: 4 }),
  heads: whole({
    label: 'Heads',
    help: 'Attention patterns per block, side by side; each gets width / heads numbers.',
    min: 1,
    max: 12,
    step: 1,
    default: 4,
  }),
  dropPath: number({
    label: 'Drop path',
    help: 'Chance that a sample skips a branch of the last block in training, less in earlier blocks: a regulariser.',
    min: 0,
    max: 0.5,
    step: 0.05,
    default: 0,
  }),
} as const satisfies FieldTable;

export const OPTIMISER_FIELDS = {
  learningRate: number({
    label: 'Learning rate',
    help: 'Peak step size of AdamW, after warm-up and before the cosine decay.',
    min: 0.00001,
    max: 0.1,
    step: 0.00001,
    scale: 'log',
    default: 0.0015,
    applies: 'live',
  }),
  warmup: whole({
    label: 'Warm-up',
    help: 'Steps over which the learning rate climbs from zero to its peak.',
    unit: 'steps',
    min: 0,
    max: 10_000,
    step: 10,
    scale: 'decades',
    default: 50,
    applies: 'live',
  }),
  steps: whole({
    label: 'Steps',
    help: 'Length of the run; the learning rate reaches zero at the end.',
    unit: 'steps',
    min: 1,
    max: 200_000,
    step: 100,
    scale: 'log',
    default: 3000,
    applies: 'live',
  }),
  batch: whole({
    label: 'Batch',
    help: 'Samples per step: larger batches learn more steadily and cost more time each.',
    unit: 'samples',
    min: 1,
    max: 512,
    step: 1,
    scale: 'log',
    default: 64,
    applies: 'live',
  }),
  weightDecay: number({
    label: 'Weight decay',
    help: 'Pulls weight matrices towards zero each step; biases and norms are left alone.',
    min: 0,
    max: 1,
    step: 0.01,
    default: 0.05,
    applies: 'live',
  }),
  clip: number({
    label: 'Gradient clip',
    help: 'Longest gradient that is taken as it is; a longer one is scaled down to this norm.',
    min: 0.1,
    max: 100,
    step: 0.1,
    scale: 'log',
    default: 1,
    applies: 'live',
  }),
  seed: whole({
    label: 'Seed',
    help: 'Decides every random draw: same seed, same settings, same backend, same numbers.',
    min: 0,
    max: 999_999_999,
    step: 1,
    default: 1,
  }),
} as const satisfies FieldTable;

/** What every run has, without the sections of objectives. Those of modalities are there whichever it is of. */
export type CoreConfig = {
  data: Values<typeof DATA_FIELDS>;
  picture: Values<typeof PICTURE_FIELDS>;
  sound: Values<typeof SOUND_FIELDS>;
  text: Values<typeof TEXT_FIELDS>;
  pair: Values<typeof PAIR_FIELDS>;
  task: { objective: ObjectiveName; maskRatio: number };
  model: Values<typeof MODEL_FIELDS>;
  optimiser: Values<typeof OPTIMISER_FIELDS>;
};
