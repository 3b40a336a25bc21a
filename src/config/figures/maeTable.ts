/** Table 1 of MAE (He et al. 2021), what the model is and paints: decoder, mask tokens, target. */
import type { FigureCard } from './card.ts';
import { published, publishedLevels, SEEDS } from './parts.ts';
import { MAE_SCALE, probedAndTuned, probedAndTunedChart, probedAndTunedLevels } from './probed.ts';

const decoderDepth: FigureCard = {
  id: 'mae-decoder-depth',
  paper: 'mae',
  title: 'How deep the decoder',
  source: 'Table 1a',
  claim: 'A deeper decoder makes better features for a linear probe; fine-tuned, one block does.',
  published: `${MAE_SCALE}; the decoder is 512 wide.`,
  setup: 'A pretraining of its own for each depth; the decoder is as wide as the encoder, 64.',
  charts: [
    probedAndTunedChart('mae.decoderDepth', 'Decoder depth', [
      published('Fine-tuned', '%', [
        [1, 84.8],
        [2, 84.9],
        [4, 84.9],
        [8, 84.9],
        [12, 84.4],
      ]),
      published('Linear probe', '%', [
        [1, 65.5],
        [2, 70.0],
        [4, 71.9],
        [8, 73.5],
        [12, 73.3],
      ]),
    ]),
  ],
  rules: [
    { rule: 'increases', line: 'Linear probe' },
    { rule: 'flatterThan', line: 'Fine-tuned', than: 'Linear probe' },
  ],
  sizes: {
    quick: probedAndTuned({ minutes: 2, steps: 150, seeds: [1], axes: { 'mae.decoderDepth': [1, 4] } }),
    careful: probedAndTuned({ minutes: 5, steps: 400, seeds: SEEDS, axes: { 'mae.decoderDepth': [1, 4, 8] } }),
  },
};

const decoderWidth: FigureCard = {
  id: 'mae-decoder-width',
  paper: 'mae',
  title: 'How wide the decoder',
  source: 'Table 1b',
  claim: 'A narrow decoder is enough: fine-tuned it changes nothing, and a linear probe gains little beyond 512.',
  published: `${MAE_SCALE}; the encoder is 1024 wide.`,
  setup: 'A pretraining of its own for each width; the encoder is 64 wide.',
  charts: [
    probedAndTunedChart('mae.decoderWidth', 'Decoder width', [
      published('Fine-tuned', '%', [
        [128, 84.9],
        [256, 84.8],
        [512, 84.9],
        [768, 84.4],
        [1024, 84.3],
      ]),
      published('Linear probe', '%', [
        [128, 69.1],
        [256, 71.3],
        [512, 73.5],
        [768, 73.1],
        [1024, 73.1],
      ]),
    ]),
  ],
  rules: [{ rule: 'flatterThan', line: 'Fine-tuned', than: 'Linear probe' }],
  sizes: {
    quick: probedAndTuned({ minutes: 2, steps: 150, seeds: [1], axes: { 'mae.decoderWidth': [32, 64] } }),
    careful: probedAndTuned({ minutes: 4, steps: 400, seeds: SEEDS, axes: { 'mae.decoderWidth': [32, 64, 128] } }),
  },
};

const TARGETS = { Pixels: 'pixels', Normalised: 'normalised', PCA: 'pca', 'Code book': 'tokens' } as const;

const target: FigureCard = {
  id: 'mae-target',
  paper: 'mae',
  title: 'What to paint',
  source: 'Table 1d',
  claim:
    'Pixels that are normalised in each patch are the best target: better than pixels as they are, PCA coefficients or tokens.',
  published: `${MAE_SCALE}; tokens are those of a dVAE that was trained on other pictures before.`,
  setup: 'A pretraining of its own for each target; the code book is k-means of training patches, in place of a dVAE.',
  charts: [
    {
      title: 'Accuracy by target',
      y: { label: 'Accuracy', unit: 'share' },
      lines: probedAndTunedLevels('mae.target', TARGETS),
      published: publishedLevels('%', {
        'Pixels, fine-tuned': 84.9,
        'Normalised, fine-tuned': 85.4,
        'PCA, fine-tuned': 84.6,
        'Code book, fine-tuned': 85.3,
        'Pixels, probe': 73.5,
        'Normalised, probe': 73.9,
        'PCA, probe': 72.3,
        'Code book, probe': 71.6,
      }),
    },
  ],
  rules: [
    { rule: 'above', line: 'Normalised, fine-tuned', than: 'Pixels, fine-tuned' },
    { rule: 'above', line: 'Normalised, probe', than: 'PCA, probe' },
    { rule: 'above', line: 'Normalised, probe', than: 'Code book, probe' },
  ],
  sizes: {
    quick: probedAndTuned({ minutes: 3, steps: 150, seeds: [1], axes: { 'mae.target': Object.values(TARGETS) } }),
    careful: probedAndTuned({ minutes: 5, steps: 400, seeds: SEEDS, axes: { 'mae.target': Object.values(TARGETS) } }),
  },
};

const SEEN = { 'Kept patches': 'kept', 'All places': 'all' } as const;

const encoderTokens: FigureCard = {
  id: 'mae-encoder-tokens',
  paper: 'mae',
  title: 'Mask tokens in the encoder',
  source: 'Table 1c',
  claim: 'An encoder that also sees a mask token for every gap is worse, by far in a linear probe, and three times as dear.',
  published: `${MAE_SCALE}; with mask tokens it takes 3.3 times the arithmetic, and 42.4 hours in place of 15.4.`,
  setup: 'The same model at mask ratio 0.75, with and without; with them the decoder gets none of its own.',
  charts: [
    {
      title: 'Accuracy by what the encoder sees',
      y: { label: 'Accuracy', unit: 'share' },
      lines: probedAndTunedLevels('mae.encoderSees', SEEN),
      published: publishedLevels('%', {
        'Kept patches, fine-tuned': 84.9,
        'All places, fine-tuned': 84.2,
        'Kept patches, probe': 73.5,
        'All places, probe': 59.6,
      }),
    },
    {
      title: 'Milliseconds a step',
      y: { label: 'Milliseconds', unit: 'milliseconds' },
      lines: Object.entries(SEEN).map(([name, value]) => ({
        name: `${name}, time`,
        part: 'MAE',
        measure: 'stepTime',
        where: { 'mae.encoderSees': value },
      })),
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Kept patches, probe', than: 'All places, probe' },
    { rule: 'above', line: 'All places, time', than: 'Kept patches, time' },
  ],
  sizes: {
    quick: probedAndTuned({ minutes: 2, steps: 150, seeds: [1], axes: { 'mae.encoderSees': Object.values(SEEN) }, timed: true }),
    careful: probedAndTuned({
      minutes: 4,
      steps: 400,
      seeds: SEEDS,
      axes: { 'mae.encoderSees': Object.values(SEEN) },
      timed: true,
    }),
  },
};

export const MAE_TABLE_CARDS: readonly FigureCard[] = [decoderDepth, decoderWidth, encoderTokens, target];
