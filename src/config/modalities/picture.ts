/** Pictures: squares of one size, cut into a grid of square patches (methods 0). */
import { choice, type FieldTable, number, toggle, type Values } from '../field.ts';
import { LIMITS } from '../limits.ts';
import type { Problem } from '../problem.ts';
import type { ModalityFacts } from './facts.ts';

function jitter(label: string, help: string) {
  return number({ label, help, min: 0, max: 1, step: 0.1, default: 0 });
}

export const PICTURE_FIELDS = {
  size: choice({
    label: 'Picture size',
    help: 'Every picture is cropped to a square and resized to this side before it is cut into patches.',
    options: [28, 32, 48, 64, 96, 128, 160, 192, 224].map((value) => ({ value, label: `${value} px` })),
    default: 32,
  }),
  patch: choice({
    label: 'Patch size',
    help: 'Side of a square patch: smaller patches make a puzzle of more pieces, slower and harder.',
    options: [4, 7, 8, 12, 14, 16, 20, 24, 28, 32].map((value) => ({ value, label: `${value} px` })),
    default: 8,
  }),
  flip: toggle({
    label: 'Random flips',
    help: 'Mirrors half of the training pictures left to right, so that there is more to learn from.',
    default: true,
  }),
  minCrop: number({
    label: 'Smallest crop',
    help: 'Crops a random part of at least this share of the picture; 1 keeps pictures whole.',
    min: 0.2,
    max: 1,
    step: 0.05,
    default: 1,
  }),
  brightness: jitter(
    'Brightness jitter',
    'Makes training pictures lighter or darker at random, by up to this share; 0 leaves them.',
  ),
  contrast: jitter(
    'Contrast jitter',
    'Pulls the colours of training pictures apart or together at random, around their mean grey, by up to this share; 0 leaves them.',
  ),
  saturation: jitter(
    'Saturation jitter',
    'Makes the colours of training pictures stronger or paler at random, by up to this share; 0 leaves them, and grey pictures have none.',
  ),
} as const satisfies FieldTable;

interface Config {
  picture: Values<typeof PICTURE_FIELDS>;
}

/** What pictures are drawn for. */
export type PictureForm = Pick<Config['picture'], 'size'>;

export function pictureForm({ size }: Config['picture']): PictureForm {
  return { size };
}

export const picture: ModalityFacts<Config> = {
  words: {
    sample: 'picture',
    samples: 'pictures',
    counted: 'picture',
    token: 'patch',
    tokens: 'patches',
    value: 'pixel',
    mean: 'mean colour',
  },
  fields: PICTURE_FIELDS,
  rare: ['picture.brightness', 'picture.contrast', 'picture.saturation'],
  form: ({ picture: { size } }) => `${size} px`,
  grid: ({ picture: { size, patch } }) => [size / patch, size / patch],
  cutBy: ['picture.patch', 'picture.size'],
  layout: ({ picture: { patch } }, { channels }) => [patch, patch, channels],
  guess: () => ({ channels: 3 }),
  cut: ({ picture: { patch } }) => `patch ${patch}`,
  whole: { 'picture.minCrop': 1, 'picture.brightness': 0, 'picture.contrast': 0, 'picture.saturation': 0 },
  axes: [
    { axis: 2, words: (amount) => `takes pictures with ${amount} channel${amount === 1 ? '' : 's'}` },
    { axis: 0, words: (side) => `has patches of ${side} px`, path: 'picture.patch' },
  ],
  problem({ picture: { size, patch } }): Problem | undefined {
    const side = size / patch;
    const about = { path: 'picture.patch', others: ['picture.size'] };
    if (!Number.isInteger(side) || side < 2) {
      return {
        ...about,
        message: `Patch size ${patch} does not cut a ${size} px picture into a whole grid of at least 2 x 2. ${suggestPatch(size)}`,
      };
    }
    if (side ** 2 <= LIMITS.tokens) return undefined;
    return { ...about, message: `${side ** 2} patches are more than the ${LIMITS.tokens} that fit. ${suggestPatch(size)}` };
  },
};

function suggestPatch(size: number): string {
  const patches = PICTURE_FIELDS.patch.options.map(({ value }) => value);
  const fitting = patches.filter((patch) => size % patch === 0 && size / patch >= 2 && (size / patch) ** 2 <= LIMITS.tokens);
  return `At ${size} px use ${fitting.join(', ')}.`;
}
