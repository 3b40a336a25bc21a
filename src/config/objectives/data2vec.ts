/** data2vec 2.0: predict what a teacher, the running average of the student, makes of the whole picture (methods 3). */
import { keptCount } from '../counts.ts';
import { choice, type FieldTable, number, toggle, type Values, whole } from '../field.ts';
import { LIMITS } from '../limits.ts';
import { modalityFacts, tokenCount } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts, ObjectiveMetrics } from './facts.ts';
import { hasWaves, keepsSome, removesSome } from './rules.ts';

const fields = {
  masks: whole({
    label: 'Masks per sample',
    help: 'Students that share one look of the teacher: more of them make a step dearer and the teacher cheaper (M).',
    min: 1,
    max: 16,
    step: 1,
    default: 4,
  }),
  mask: choice({
    label: 'Mask shape',
    help: 'What comes in blocks: what students see (the paper’s form for vision), or what is removed (its form for speech).',
    options: [
      { value: 'inverse', label: 'all but blocks' },
      { value: 'spans', label: 'blocks or spans', short: 'spans' },
    ],
    default: 'inverse',
  }),
  block: choice({
    label: 'Blocks',
    help: 'Side of the squares, or length of the spans on a line, that stay or are removed together, in patches (B).',
    options: [1, 2, 3, 4, 5].map((value) => ({ value, label: `${value} a side` })),
    default: 3,
  }),
  adjust: number({
    label: 'Extra blocks',
    help: 'Share added to the blocks that are drawn, as they overlap and are cut at the borders (A).',
    min: 0,
    max: 0.5,
    step: 0.01,
    default: 0.1,
  }),
  layers: whole({
    label: 'Target layers',
    help: 'How many of the teacher’s last blocks are averaged into the target; 0 takes all (K).',
    min: 0,
    max: 12,
    step: 1,
    default: 0,
  }),
  targetNorm: choice({
    label: 'Target norm',
    help: 'What the average of the teacher’s layers is normalised with: layer norm (the paper’s form for vision), or nothing more (for speech).',
    options: [
      { value: 'layer', label: 'layer norm' },
      { value: 'none', label: 'none' },
    ],
    default: 'layer',
  }),
  decoderDepth: whole({
    label: 'Decoder layers',
    help: 'Convolutions that carry what the student saw into the gaps.',
    min: 1,
    max: 6,
    step: 1,
    default: 3,
  }),
  decoderKernel: choice({
    label: 'Decoder kernel',
    help: 'How far one convolution reaches, in patches.',
    options: [3, 5, 7, 9].map((value) => ({ value, label: String(value) })),
    default: 3,
  }),
  decoderGroups: choice({
    label: 'Decoder groups',
    help: 'Groups of channels that are convolved apart: more are cheaper. The width must be a multiple.',
    options: [1, 2, 4, 8, 16].map((value) => ({ value, label: String(value) })),
    default: 8,
  }),
  averageStart: number({
    label: 'Teacher average, start',
    help: 'Share of itself that the teacher keeps at each step in the beginning (tau), in a run of 5,000 steps.',
    min: 0,
    max: 1,
    step: 0.001,
    default: 0.99,
  }),
  averageEnd: number({
    label: 'Teacher average, end',
    help: 'The same at the end of the climb: closer to 1 is a steadier teacher.',
    min: 0,
    max: 1,
    step: 0.0001,
    default: 0.999,
  }),
  averageClimb: number({
    label: 'Teacher climb',
    help: 'Share of the run over which the average climbs from start to end.',
    min: 0,
    max: 1,
    step: 0.05,
    default: 0.3,
  }),
  scaleAverage: toggle({
    label: 'Scale the teacher to the run',
    help: 'Shorter runs than 5,000 steps get a faster teacher, so that it moves as far in the end; without it a short run keeps its random teacher.',
    default: true,
  }),
  classLoss: number({
    label: 'Class-token loss',
    help: 'Weight of the loss that makes the class token predict the mean target.',
    min: 0,
    max: 5,
    step: 0.1,
    default: 0,
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { data2vec: Values<typeof fields> };

/** What the average of the teacher's layers is normalised with (methods 3.2). */
export type TargetNorm = Config['data2vec']['targetNorm'];

const METRICS = {
  step: ['perDimension'],
  evaluation: ['perDimension', 'cosine', 'acrossImages', 'predictionStd', 'targetStd', 'targetVariance', 'effectiveRank'],
  explorer: 'perDimension',
} as const satisfies ObjectiveMetrics;

export const data2vec = {
  title: 'data2vec 2.0',
  task: 'predict what a teacher sees',
  fields,
  start: {
    'task.maskRatio': 0.75,
    'picture.patch': 4,
    'optimiser.learningRate': 0.001,
    'optimiser.warmup': 200,
    'optimiser.batch': 16,
    'optimiser.clip': 4,
  },
  // The paper's form for speech (methods 3.2, 3.5), with a teacher for short runs.
  startOn: {
    sound: {
      'sound.tokens': 'running',
      'task.maskRatio': 0.5,
      'data2vec.mask': 'spans',
      'data2vec.masks': 4,
      'data2vec.block': 5,
      'data2vec.adjust': 0.05,
      'data2vec.targetNorm': 'none',
      'data2vec.decoderKernel': 7,
      'data2vec.scaleAverage': false,
      'data2vec.averageStart': 0.97,
      'data2vec.averageEnd': 0.997,
    },
    // The paper's form for text, where single words are removed.
    text: {
      'task.maskRatio': 0.48,
      'data2vec.mask': 'spans',
      'data2vec.masks': 4,
      'data2vec.block': 1,
      'data2vec.adjust': 0,
      'data2vec.targetNorm': 'none',
      'data2vec.decoderDepth': 5,
      'data2vec.decoderKernel': 9,
      'data2vec.scaleAverage': false,
      'data2vec.averageStart': 0.97,
      'data2vec.averageEnd': 0.997,
    },
  },
  on: { text: { metrics: { ...METRICS, evaluation: [...METRICS.evaluation, 'withinWord'] } } },
  metrics: METRICS,
  rules: [keepsSome, removesSome, hasWaves, hasBlocks, groupsFit, clonesFit, classHasTarget],
  idle: {
    'text.tied': () => 'no words are guessed',
    'data2vec.averageClimb': ({ data2vec: { averageStart, averageEnd } }: Config) =>
      averageStart === averageEnd ? 'start and end are equal' : undefined,
  },
  masks: true,
  // Its class token has no loss unless asked for (methods 3.6).
  encoder: { readOut: () => 'mean', norm: () => 'post', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

/** Targets are what the teacher’s blocks make of a picture. */
function hasBlocks({ model }: Config): Problem | undefined {
  if (model.depth >= 1) return undefined;
  return { path: 'model.depth', message: 'A model without blocks has no targets to predict. Take a depth of 1 or more.' };
}

function groupsFit({ model, data2vec: { decoderGroups } }: Config): Problem | undefined {
  if (model.width % decoderGroups === 0) return undefined;
  return {
    path: 'data2vec.decoderGroups',
    others: ['model.width'],
    message: `Width ${model.width} must be a multiple of the decoder’s ${decoderGroups} groups.`,
  };
}

/** Instance norm makes the mean of all targets of a sample 0, which only layer norm changes. */
function classHasTarget({ data2vec: { classLoss, targetNorm } }: Config): Problem | undefined {
  if (classLoss === 0 || targetNorm === 'layer') return undefined;
  return {
    path: 'data2vec.classLoss',
    others: ['data2vec.targetNorm'],
    message: 'Without layer norm the mean target is always 0, so the class token has nothing to predict. Set its loss to 0.',
  };
}

/** What a step keeps for its gradient grows with the clones: decoder maps of every clone, and the student’s tokens. */
function clonesFit(config: Config): Problem | undefined {
  const { model, optimiser, data2vec: own, task } = config;
  const patches = tokenCount(config);
  const clones = optimiser.batch * own.masks;
  const kept = keptCount(patches, task.maskRatio) + 1;
  const numbers = clones * (patches * model.width * 4 * own.decoderDepth + kept * model.width * 18 * model.depth);
  const bytes = 4 * numbers;
  if (bytes <= LIMITS.stepBytes) return undefined;
  return {
    path: 'data2vec.masks',
    others: ['optimiser.batch', 'model.width', 'model.depth', ...modalityFacts(config).cutBy],
    message:
      `${own.masks} masks of ${optimiser.batch} ${modalityFacts(config).words.samples} are ${clones} students a step, about ${(bytes / 2 ** 30).toFixed(1)} GiB. ` +
      `At most ${LIMITS.stepBytes / 2 ** 30} GiB fit: take fewer masks or a smaller batch.`,
  };
}
