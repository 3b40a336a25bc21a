/** Table 1 of MAE (He et al. 2021), what it sees: augmentation, masks. */
import type { CardForm, FigureCard } from './card.ts';
import { publishedLevels, SEEDS } from './parts.ts';
import { MAE_SCALE, probedAndTuned, probedAndTunedCases } from './probed.ts';

const AUGMENTED = { 'picture.flip': true, 'picture.minCrop': 0.2 } as const;
const PLAIN = { 'picture.flip': false, 'picture.minCrop': 1 } as const;

const JITTER = { 'picture.brightness': 0.4, 'picture.contrast': 0.4, 'picture.saturation': 0.4 } as const;

function augmentationForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  // Labels are mirrored in every case: what is compared is pretraining.
  const shared = { minutes, steps, seeds, labels: { 'picture.flip': true } };
  return {
    minutes,
    parts: [
      ...probedAndTuned({ ...shared, axes: { 'picture.flip': [false, true], 'picture.minCrop': [0.2, 1] } }).parts,
      ...probedAndTuned({ ...shared, axes: { 'picture.minCrop': [0.2] }, settings: JITTER, baselines: [] }, 'With jitter').parts,
    ],
  };
}

const augmentation: FigureCard = {
  id: 'mae-augmentation',
  paper: 'mae',
  title: 'Hardly any augmentation',
  source: 'Table 1e',
  claim:
    'MAE works without augmentation, as masks make every look a new one; crops of random size help a little, and colour jitter harms.',
  published: `${MAE_SCALE}; "none" is a centre crop without flips.`,
  setup:
    'Flips and crops of pretraining, each with and without, and colour jitter of 0.4 beside both; labels are mirrored and never cropped.',
  charts: [
    {
      title: 'Accuracy with and without',
      y: { label: 'Accuracy', unit: 'share' },
      lines: probedAndTunedCases({
        None: { where: PLAIN },
        Flips: { where: { ...PLAIN, 'picture.flip': true } },
        Crops: { where: { ...AUGMENTED, 'picture.flip': false } },
        'Crops and flips': { where: AUGMENTED },
        'Jitter too': { part: 'With jitter' },
      }),
      published: publishedLevels('%', {
        'None, fine-tuned': 84.0,
        'Crops and flips, fine-tuned': 84.9,
        'Jitter too, fine-tuned': 84.3,
        'From scratch': 82.5,
        'None, probe': 65.7,
        'Crops and flips, probe': 73.5,
        'Jitter too, probe': 71.9,
      }),
    },
  ],
  rules: [
    { rule: 'above', line: 'None, fine-tuned', than: 'From scratch' },
    { rule: 'above', line: 'Crops and flips, probe', than: 'None, probe' },
    { rule: 'above', line: 'Crops and flips, probe', than: 'Jitter too, probe' },
  ],
  sizes: { quick: augmentationForm(3, 150, [1]), careful: augmentationForm(4, 400, SEEDS) },
};

function samplingForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const shared = { minutes, steps, seeds };
  return {
    minutes,
    parts: [
      ...probedAndTuned({ ...shared, axes: { 'mae.mask': ['random', 'block', 'grid'] } }).parts,
      ...probedAndTuned(
        { ...shared, axes: { 'mae.mask': ['block'] }, settings: { 'task.maskRatio': 0.5 }, baselines: [] },
        'MAE at 50 %',
      ).parts,
    ],
  };
}

const maskSampling: FigureCard = {
  id: 'mae-mask-sampling',
  paper: 'mae',
  title: 'Scattered, in blocks, or a grid',
  source: 'Table 1f',
  claim: 'Scattered patches are best: blocks are too hard at 75 %, a grid is too easy.',
  published: MAE_SCALE,
  setup: 'A pretraining of its own for each kind of mask at 75 %, and for blocks at 50 %.',
  charts: [
    {
      title: 'Accuracy by the kind of mask',
      y: { label: 'Accuracy', unit: 'share' },
      lines: probedAndTunedCases({
        'Scattered 75 %': { where: { 'mae.mask': 'random' } },
        'Blocks 50 %': { part: 'MAE at 50 %', where: { 'mae.mask': 'block' } },
        'Blocks 75 %': { where: { 'mae.mask': 'block' } },
        'Grid 75 %': { where: { 'mae.mask': 'grid' } },
      }),
      published: publishedLevels('%', {
        'Scattered 75 %, fine-tuned': 84.9,
        'Blocks 50 %, fine-tuned': 83.9,
        'Blocks 75 %, fine-tuned': 82.8,
        'Grid 75 %, fine-tuned': 84.0,
        'Scattered 75 %, probe': 73.5,
        'Blocks 50 %, probe': 72.3,
        'Blocks 75 %, probe': 63.9,
        'Grid 75 %, probe': 66.0,
      }),
    },
  ],
  rules: [
    { rule: 'above', line: 'Scattered 75 %, probe', than: 'Blocks 75 %, probe' },
    { rule: 'above', line: 'Scattered 75 %, probe', than: 'Grid 75 %, probe' },
    { rule: 'above', line: 'Scattered 75 %, fine-tuned', than: 'Blocks 75 %, fine-tuned' },
  ],
  sizes: { quick: samplingForm(3, 150, [1]), careful: samplingForm(5, 400, SEEDS) },
};

export const MAE_INPUT_CARDS: readonly FigureCard[] = [augmentation, maskSampling];
