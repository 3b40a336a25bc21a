/** Labels: which class is it? What a model learns of them, and what of it may change (methods 1.4, 7). */
import { choice, type FieldTable, number, type Values, whole } from '../field.ts';
import { modalityFacts } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { IDLE_REGULARISERS, pullsNoFurther, REGULARISER_FIELDS } from './regularisers.ts';
import { hasWaves } from './rules.ts';

const fields = {
  labelsPerClass: whole({
    label: 'Labels per class',
    help: 'Labelled samples of each class that training may see, drawn from the seed; 0 takes all.',
    min: 0,
    max: 10_000,
    step: 10,
    scale: 'decades',
    default: 0,
  }),
  labelSeed: whole({
    label: 'Label seed',
    help: 'Decides which samples are labelled, where it shall not be the seed: runs with other weights and batches, on the same labels. 0 leaves it to the seed.',
    min: 0,
    max: 999_999_999,
    step: 1,
    default: 0,
  }),
  train: choice({
    label: 'Train',
    help: 'Which part of the model learns: everything, the last blocks and the head, or the head alone on frozen features.',
    options: [
      { value: 'all', label: 'everything' },
      { value: '4', label: 'last 4 blocks' },
      { value: '2', label: 'last 2 blocks' },
      { value: '1', label: 'last block' },
      { value: '0.5', label: 'last half block (its MLP)', short: 'last half block' },
      { value: '0', label: 'the head alone' },
    ],
    default: 'all',
  }),
  positions: choice({
    label: 'Positions',
    help: 'What the model is told about where a patch is: nothing, fixed waves, learned vectors, or learned offsets between patches.',
    options: [
      { value: 'none', label: 'none' },
      { value: 'sincos', label: 'fixed sine-cosine', short: 'sine-cosine' },
      { value: 'learned', label: 'learned, absolute', short: 'learned' },
      { value: 'relative', label: 'learned, 2-D relative', short: '2-D relative' },
    ],
    default: 'learned',
  }),
  norm: choice({
    label: 'Norm',
    help: 'Whether blocks normalise before (ViT, MAE, MP3) or after they add (data2vec 2.0): as the pretrained model does.',
    options: [
      { value: 'pre', label: 'before' },
      { value: 'post', label: 'after' },
    ],
    default: 'pre',
  }),
  pooling: choice({
    label: 'Read-out',
    help: 'What the head looks at: the class token, or the mean of all patches (for models whose class token was never trained).',
    options: [
      { value: 'class', label: 'class token' },
      { value: 'mean', label: 'mean of patches' },
    ],
    default: 'class',
  }),
  smoothing: number({
    label: 'Label smoothing',
    help: 'Share of the target that is spread over all classes: keeps the model from being too sure.',
    min: 0,
    max: 0.5,
    step: 0.05,
    default: 0.1,
  }),
  mixup: number({
    label: 'Mixup',
    help: 'Blends pairs of samples and their labels; the number shapes how evenly, 0 turns it off.',
    min: 0,
    max: 2,
    step: 0.1,
    default: 0,
  }),
  cutmix: number({
    label: 'CutMix',
    help: 'Pastes a part of one sample into another and mixes their labels; 0 turns it off.',
    min: 0,
    max: 2,
    step: 0.1,
    default: 0,
  }),
  layerDecay: number({
    label: 'Layer-wise decay',
    help: 'Each block learns this much slower than the one above it; 1 treats all alike.',
    min: 0.1,
    max: 1,
    step: 0.05,
    default: 1,
  }),
  ...REGULARISER_FIELDS,
} as const satisfies FieldTable;

export type SupervisedSettings = Values<typeof fields>;
type Config = CoreConfig & { supervised: SupervisedSettings };

export const supervised = {
  title: 'Labels',
  task: 'which class is it?',
  fields,
  start: { 'task.maskRatio': 0, 'picture.patch': 4, 'optimiser.learningRate': 0.0005, 'optimiser.steps': 500 },
  startOn: {
    sound: { 'sound.tokens': 'running' },
    text: {
      'supervised.positions': 'sincos',
      'supervised.pooling': 'mean',
      'supervised.mixup': 0,
      'supervised.cutmix': 0,
      'optimiser.batch': 32,
    },
  },
  metrics: { step: ['accuracy'], evaluation: ['accuracy', 'trainingLoss', 'generalisationGap', 'distance'] },
  rules: [wavesFit, readsNoClass, blendsNumbers, pullsNoFurther],
  idle: {
    'text.tied': () => 'no words are guessed',
    'supervised.labelSeed': ({ supervised: { labelsPerClass } }: Config) =>
      labelsPerClass === 0 ? 'only for a part of the labels' : undefined,
    'supervised.layerDecay': ({ supervised: { train } }: Config) => (train === '0' ? 'only the head learns' : undefined),
    ...IDLE_REGULARISERS,
  },
  masks: false,
  answers: 'classes',
  labelled: true,
  encoder: {
    readOut: ({ supervised: { pooling } }: Config) => pooling,
    norm: ({ supervised: { norm } }: Config) => norm,
    positions: ({ supervised: { positions } }: Config) => positions,
  },
} as const satisfies ObjectiveFacts<Config>;

/** A text has no class token. */
function readsNoClass(config: Config): Problem | undefined {
  const { ids, words } = modalityFacts(config);
  if (ids === undefined || config.supervised.pooling === 'mean') return undefined;
  return {
    path: 'supervised.pooling',
    message: `Models of ${words.samples} have no class token: set the read-out to the mean of their ${words.tokens}.`,
  };
}

function blendsNumbers(config: Config): Problem | undefined {
  const { ids, words } = modalityFacts(config);
  const { mixup, cutmix } = config.supervised;
  if (ids === undefined || (mixup === 0 && cutmix === 0)) return undefined;
  const path = mixup > 0 ? 'supervised.mixup' : 'supervised.cutmix';
  return { path, message: `There is nothing between two ${words.tokens} to blend them to: set it to 0.` };
}

function wavesFit(config: Config): Problem | undefined {
  return config.supervised.positions === 'sincos' ? hasWaves(config) : undefined;
}
