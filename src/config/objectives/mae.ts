/** MAE: paint the patches that were removed (methods 2.1). */
import { choice, type FieldTable, type Values, whole } from '../field.ts';
import { modalityFacts } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves, keepsSome, removesSome } from './rules.ts';
import { WORD_METRICS } from './wordMetrics.ts';

/** Numbers of one head of the decoder (512 / 16 in the paper). */
export const DECODER_HEAD_WIDTH = 32;

const fields = {
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
    help: 'What the decoder says of a removed patch: its pixels relative to themselves (sharper features), its pixels as they are, its largest PCA coefficients, or which entry of a code book is nearest to it (a stand-in for the tokens that BEiT’s dVAE learned).',
    options: [
      { value: 'normalised', label: 'normalised per patch', short: 'normalised' },
      { value: 'pixels', label: 'raw pixels' },
      { value: 'pca', label: 'PCA coefficients', short: 'PCA' },
      { value: 'tokens', label: 'code book entries (k-means tokens)', short: 'code book' },
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
  encoderSees: choice({
    label: 'Encoder sees',
    help: 'What enters the encoder: kept patches alone, which makes a step cheap, or all places with a mask token in every gap (“encoder w/ [M]” in the paper), at the full cost; the decoder then gets no mask tokens of its own.',
    options: [
      { value: 'kept', label: 'kept patches' },
      { value: 'all', label: 'all places, with mask tokens', short: 'all places' },
    ],
    default: 'kept',
  }),
  components: whole({
    label: 'PCA coefficients',
    help: 'How many of a patch’s coefficients are the target, those of the largest variance; components are learned once from training patches.',
    min: 1,
    max: 192,
    step: 1,
    default: 12,
  }),
  codes: choice({
    label: 'Code book',
    help: 'Entries that patches are told apart by: k-means of training patches, learned once from the seed before the first step.',
    options: [64, 128, 256, 512].map((value) => ({ value, label: `${value} entries` })),
    default: 256,
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { mae: Values<typeof fields> };

export const mae = {
  title: 'MAE',
  task: 'paint what was removed',
  fields,
  start: { 'task.maskRatio': 0.75, 'picture.patch': 4, 'optimiser.learningRate': 0.001, 'optimiser.warmup': 100 },
  startOn: {
    sound: { 'sound.tokens': 'running' },
    text: { 'task.maskRatio': 0.5, 'mae.mask': 'random', 'optimiser.learningRate': 0.002, 'optimiser.batch': 32 },
  },
  on: {
    text: {
      task: 'guess the words that were removed',
      metrics: WORD_METRICS,
      encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
    },
  },
  variant: (config: Config) => (config.mae.target === 'tokens' && modalityFacts(config).ids === undefined ? 'tokens' : undefined),
  variants: { tokens: { metrics: { step: [], evaluation: ['tokenAccuracy'], explorer: 'tokenAccuracy' } } },
  metrics: { step: [], evaluation: ['maskedError', 'visibleError', 'maskedVariance'], explorer: 'maskedError' },
  rules: [keepsSome, removesSome, hasWaves, decoderFits, scattersWords],
  idle: {
    'mae.target': (config: Config) => (modalityFacts(config).ids ? 'words have no scale' : undefined),
    'mae.encoderSees': (config: Config) => (modalityFacts(config).ids ? 'all places of words are BERT' : undefined),
    'mae.components': (config: Config) => onlyFor(config, 'pca', 'only for PCA coefficients'),
    'mae.codes': (config: Config) => onlyFor(config, 'tokens', 'only for code book entries'),
  },
  masks: true,
  // Its decoder reads the class token.
  encoder: { readOut: () => 'class', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function onlyFor(config: Config, target: Config['mae']['target'], reason: string): string | undefined {
  if (modalityFacts(config).ids !== undefined) return 'words are their own targets';
  return config.mae.target === target ? undefined : reason;
}

/** Whole blocks of words would be guessed from nothing. */
function scattersWords(config: Config): Problem | undefined {
  const { ids, words } = modalityFacts(config);
  if (ids === undefined || config.mae.mask === 'random') return undefined;
  return { path: 'mae.mask', message: `Of ${words.samples} single ${words.tokens} are removed: set the mask to random.` };
}

export function decoderFits({ mae }: Config): Problem | undefined {
  if (mae.decoderWidth % DECODER_HEAD_WIDTH === 0) return undefined;
  return { path: 'mae.decoderWidth', message: `The decoder’s width must be a multiple of ${DECODER_HEAD_WIDTH}.` };
}
