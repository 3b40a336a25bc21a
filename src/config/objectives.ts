/** The ways to train, and the settings that only one of them has. An objective's section is named after it. */
import { BUILT_IN_DATASETS, type BuiltInDataset, DATASET_LABELS } from './datasets.ts';
import { choice, type FieldTable, number, toggle, whole } from './field.ts';
import { SUPERVISED_SETTINGS } from './supervised.ts';

export const OBJECTIVE_NAMES = ['mp3', 'mae', 'simmim', 'data2vec', 'selfDistillation', 'supervised'] as const;
export type ObjectiveName = (typeof OBJECTIVE_NAMES)[number];

export const OBJECTIVE_TITLES: Readonly<Record<ObjectiveName, string>> = {
  mp3: 'MP3',
  mae: 'MAE',
  simmim: 'SimMIM',
  data2vec: 'data2vec 2.0',
  selfDistillation: 'Self-distillation',
  supervised: 'Labels',
};

/** What each of them asks of the model. */
export const OBJECTIVE_TASKS: Readonly<Record<ObjectiveName, string>> = {
  mp3: 'where does each patch belong?',
  mae: 'paint what was removed',
  simmim: 'paint what was masked',
  data2vec: 'predict what a teacher sees',
  selfDistillation: 'learn a new domain, keep the old',
  supervised: 'which class is it?',
};

const SOURCES: readonly BuiltInDataset[] = BUILT_IN_DATASETS;

export const OBJECTIVE_SETTINGS = {
  mp3: {
    classToken: choice({
      label: 'Class token',
      help: 'A learned token that every patch may read beside the context; without it only context patches are read.',
      options: [
        { value: 'context', label: 'in the context' },
        { value: 'none', label: 'none' },
      ],
      default: 'context',
    }),
    masked: choice({
      label: 'Masked patches',
      help: 'What becomes of patches outside the context: they are asked for their place too, or left out (JigsawViT), or only some keep their position (DropPos).',
      options: [
        { value: 'asked', label: 'asked for their place (MP3)', short: 'asked too' },
        { value: 'dropped', label: 'dropped (JigsawViT)', short: 'dropped' },
        { value: 'positions', label: 'dropped, and positions too (DropPos)', short: 'DropPos' },
      ],
      default: 'asked',
    }),
    anchors: number({
      label: 'Known positions',
      help: 'DropPos only: share of the kept patches whose position the model is told.',
      min: 0,
      max: 0.9,
      step: 0.05,
      default: 0.25,
    }),
  },
  mae: {
    mask: choice({
      label: 'Mask',
      help: 'Which patches are removed: scattered ones (the paper), whole blocks (BEiT), or all but a regular grid.',
      options: [
        { value: 'random', label: 'random' },
        { value: 'block', label: 'blocks' },
        { value: 'grid', label: 'grid' },
      ],
      default: 'random',
    }),
    target: choice({
      label: 'Target',
      help: 'What the decoder paints: pixels relative to their own patch (sharper features), or pixels as they are.',
      options: [
        { value: 'normalised', label: 'normalised per patch', short: 'normalised' },
        { value: 'pixels', label: 'raw pixels' },
      ],
      default: 'normalised',
    }),
    decoderDepth: whole({
      label: 'Decoder depth',
      help: 'Blocks of the decoder, which is thrown away after pretraining; one is enough for fine-tuning.',
      min: 0,
      max: 8,
      step: 1,
      default: 2,
    }),
    decoderWidth: choice({
      label: 'Decoder width',
      help: 'Numbers that describe one patch inside the decoder, 32 a head: narrow keeps it cheap.',
      options: [32, 64, 96, 128, 192, 256, 512].map((value) => ({ value, label: String(value) })),
      default: 64,
    }),
  },
  simmim: {
    maskUnit: choice({
      label: 'Mask unit',
      help: 'Side of the squares that are masked as one, in patches: larger ones cannot be painted from their neighbours alone.',
      options: [1, 2, 4].map((value) => ({ value, label: `${value} x ${value} patches` })),
      default: 2,
    }),
  },
  data2vec: {
    masks: whole({
      label: 'Masks per picture',
      help: 'Students that share one look of the teacher: more of them make a step dearer and the teacher cheaper (M).',
      min: 1,
      max: 16,
      step: 1,
      default: 4,
    }),
    block: choice({
      label: 'Kept blocks',
      help: 'Side of the squares that stay visible together, in patches (B).',
      options: [1, 2, 3, 4, 5].map((value) => ({ value, label: `${value} x ${value} patches` })),
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
      options: [3, 5, 7].map((value) => ({ value, label: String(value) })),
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
  },
  selfDistillation: {
    source: choice({
      label: 'Pretrained on',
      help: 'The pictures of the first phase, which makes the start; the later phases learn the data set chosen under Data.',
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
  },
  supervised: SUPERVISED_SETTINGS,
} as const satisfies Record<ObjectiveName, FieldTable>;

/** Sections of other objectives whose settings an objective uses too. */
const BORROWED: Partial<Record<ObjectiveName, readonly ObjectiveName[]>> = { selfDistillation: ['mae'] };

/** The sections that decide an objective's task, its own first. */
export function sectionsOf(objective: ObjectiveName): readonly ObjectiveName[] {
  return [objective, ...(BORROWED[objective] ?? [])];
}
