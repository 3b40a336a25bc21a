/** Figures and tables of MP3 on pictures (Zhai et al. 2022). */
import type { Settings } from '../field.ts';
import type { RunConfig } from '../run.ts';
import type { CardForm, FigureCard } from './card.ts';
import { fewLabels, linesOver, pictureRun, published, SEEDS, sweepPart } from './parts.ts';

const VIT_S = 'ViT-S, 2,000 epochs of CIFAR-100 without labels, 400 with them';
const POSITIONS = 'supervised.positions';
const LENGTH = 'finetune.optimiser.steps';
const LONGEST = 400;

/** Four blocks: patches have to be related to one another before any has a place. */
export function mp3Run(steps: number, settings: Settings = {}): RunConfig {
  return pictureRun('mp3', { 'model.depth': 4, 'optimiser.batch': 32, 'optimiser.steps': steps, ...settings });
}

/** MAE with the same model, patches and batches. */
export function rivalRun(steps: number): RunConfig {
  return pictureRun('mae', { 'model.depth': 4, 'picture.patch': 8, 'optimiser.batch': 32, 'optimiser.steps': steps });
}

/** Fine-tuned at each value of a setting, on pictures, beside the same from nothing. */
function tunedForm(minutes: number, words: Parameters<typeof sweepPart>[1]): CardForm {
  const part = sweepPart(
    'MP3',
    { labels: fewLabels(40, 150), measures: ['finetune'], baselines: ['scratch'], ...words },
    { wants: 'CIFAR-10' },
  );
  return { minutes, parts: [part] };
}

function maskRatioForm(minutes: number, steps: number, values: readonly number[], seeds: readonly number[]): CardForm {
  return tunedForm(minutes, {
    base: mp3Run(steps),
    axes: { 'task.maskRatio': values },
    seeds,
    measures: ['finetune', 'scores'],
  });
}

const maskRatio: FigureCard = {
  id: 'mp3-mask-ratio',
  paper: 'mp3',
  title: 'How much context to leave',
  source: 'Fig. 6',
  claim: 'Some masking makes position prediction a better pretraining, and too much a worse one: the best ratio lies inside.',
  published: `${VIT_S}: best at 0.5. Tiny ImageNet 0.8, ImageNet 0.75. A figure without printed values.`,
  setup: 'A pretraining of its own for each mask ratio, 16 pieces; the same labels for all: 40 of each class.',
  charts: [
    {
      title: 'Fine-tuned accuracy over the mask ratio',
      x: { label: 'Mask ratio' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('task.maskRatio', 'MP3', {
        MP3: { measure: 'finetune' },
        'From scratch': { measure: 'finetune', baseline: 'scratch' },
      }),
      published: [],
    },
    {
      title: 'Pieces placed right, at the ratio of training',
      x: { label: 'Mask ratio' },
      y: { label: 'Position accuracy', unit: 'share' },
      lines: linesOver('task.maskRatio', 'MP3', { 'Position accuracy': { measure: 'positionAccuracy' } }),
      published: [],
    },
  ],
  rules: [
    { rule: 'peaksBetween', line: 'MP3', from: 0.25, to: 0.8 },
    { rule: 'above', line: 'MP3', than: 'From scratch', at: 0.5 },
    { rule: 'decreases', line: 'Position accuracy' },
  ],
  sizes: {
    quick: maskRatioForm(2, 300, [0, 0.5, 0.9], [1]),
    careful: maskRatioForm(5, 500, [0, 0.5, 0.75, 0.9], SEEDS),
  },
};

function positionsForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const shared = { labels: fewLabels(40, 150), seeds, measures: ['finetune'] as const };
  return {
    minutes,
    parts: [
      sweepPart(
        'MP3',
        {
          ...shared,
          base: mp3Run(steps),
          axes: { [POSITIONS]: ['learned', 'relative', 'none'] },
          baselines: ['scratch'],
        },
        { wants: 'CIFAR-10' },
      ),
      sweepPart(
        'MAE',
        {
          ...shared,
          base: rivalRun(steps),
          axes: { 'task.maskRatio': [0.75] },
        },
        { wants: 'CIFAR-10' },
      ),
    ],
  };
}

const positions: FigureCard = {
  id: 'mp3-positions',
  paper: 'mp3',
  title: 'Fine-tuned with positions and without',
  source: 'Table 3',
  claim: 'MP3 helps whatever positions fine-tuning adds, and without any it is still above training from scratch with them.',
  published: `${VIT_S}. MoCo v3 has 83.3 %.`,
  setup:
    'Mask ratio 0, where the table has 0.5; one pretraining a seed for all three; MAE keeps the fixed positions that it learned with.',
  charts: [
    {
      title: 'Accuracy by positions',
      x: { label: 'Positions' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver(POSITIONS, 'MP3', {
        MP3: { measure: 'finetune' },
        'From scratch': { measure: 'finetune', baseline: 'scratch' },
      }),
      published: [
        published('MP3', '%', [
          ['learned', 84.0],
          ['relative', 84.2],
          ['none', 82.6],
        ]),
        published('From scratch', '%', [
          ['learned', 73.4],
          ['relative', 75.0],
          ['none', 64.6],
        ]),
      ],
    },
    {
      title: 'Without positions, beside those that have some',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'MP3, none', part: 'MP3', measure: 'finetune', where: { [POSITIONS]: 'none' } },
        {
          name: 'From scratch, learned',
          part: 'MP3',
          measure: 'finetune',
          baseline: 'scratch',
          where: { [POSITIONS]: 'learned' },
        },
        { name: 'MAE', part: 'MAE', measure: 'finetune' },
      ],
      published: [
        { name: 'MP3, none', unit: '%', points: [{ value: 82.6 }] },
        { name: 'From scratch, learned', unit: '%', points: [{ value: 73.4 }] },
        { name: 'MAE', unit: '%', points: [{ value: 84.5 }] },
      ],
    },
  ],
  rules: [
    { rule: 'above', line: 'MP3', than: 'From scratch' },
    { rule: 'above', line: 'MP3, none', than: 'From scratch, learned' },
  ],
  sizes: { quick: positionsForm(2, 400, [1]), careful: positionsForm(5, 1000, SEEDS) },
};

function pretrainingForm(minutes: number, values: readonly number[], seeds: readonly number[]): CardForm {
  return tunedForm(minutes, { base: mp3Run(1000), axes: { 'optimiser.steps': values }, seeds });
}

const pretraining: FigureCard = {
  id: 'mp3-pretraining',
  paper: 'mp3',
  title: 'Longer pretraining',
  source: 'Fig. 4',
  claim: 'The longer MP3 pretrains, the better it is when fine-tuned.',
  published: 'ViT-B on ImageNet, from 100 epochs on: a figure without printed values.',
  setup: 'A run of its own for each length, each with a learning rate that ends at zero; mask ratio 0.',
  charts: [
    {
      title: 'Fine-tuned accuracy over steps of pretraining',
      x: { label: 'Steps of pretraining', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('optimiser.steps', 'MP3', {
        MP3: { measure: 'finetune' },
        'From scratch': { measure: 'finetune', baseline: 'scratch' },
      }),
      published: [],
    },
  ],
  rules: [
    { rule: 'increases', line: 'MP3' },
    { rule: 'above', line: 'MP3', than: 'From scratch', at: 'last' },
  ],
  sizes: { quick: pretrainingForm(2, [100, 500], [1]), careful: pretrainingForm(4, [100, 300, 900], SEEDS) },
};

function fineTuningForm(minutes: number, steps: number, values: readonly number[], seeds: readonly number[]): CardForm {
  return tunedForm(minutes, { base: mp3Run(steps), axes: { [LENGTH]: values }, seeds });
}

const fineTuning: FigureCard = {
  id: 'mp3-finetuning',
  paper: 'mp3',
  title: 'Longer fine-tuning',
  source: 'Fig. 5',
  claim:
    'Positions are new to fine-tuning, so that more of it pays; a fifth of the epochs already pass all of them from scratch.',
  published: 'ViT-B on ImageNet: 60 epochs of fine-tuning pass the supervised baseline of 300.',
  setup: 'One pretraining a seed, at mask ratio 0; a run with labels of its own for each length.',
  charts: [
    {
      title: 'Accuracy over steps of fine-tuning',
      x: { label: 'Steps of fine-tuning', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        ...linesOver(LENGTH, 'MP3', {
          MP3: { measure: 'finetune' },
          'From scratch': { measure: 'finetune', baseline: 'scratch' },
        }),
        {
          name: 'From scratch, longest',
          part: 'MP3',
          measure: 'finetune',
          baseline: 'scratch',
          where: { [LENGTH]: LONGEST },
        },
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'increases', line: 'MP3' },
    { rule: 'crosses', line: 'MP3', with: 'From scratch, longest' },
    { rule: 'above', line: 'MP3', than: 'From scratch', at: 'last' },
  ],
  sizes: {
    quick: fineTuningForm(2, 400, [50, LONGEST], [1]),
    careful: fineTuningForm(5, 1000, [25, 50, 100, 200, LONGEST], SEEDS),
  },
};

function patchSizeForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  return tunedForm(minutes, {
    base: mp3Run(steps),
    axes: { 'picture.patch': [4, 8, 16] },
    labels: fewLabels(40, 100),
    seeds,
  });
}

const patchSize: FigureCard = {
  id: 'mp3-patch-size',
  paper: 'mp3',
  title: 'Patches of any size',
  source: 'Fig. 7',
  claim: 'MP3 is better than training from scratch at every patch size.',
  published: 'A figure without printed values.',
  setup: 'Pictures of 32 pixels in 64, 16 and 4 patches; mask ratio 0, a pretraining of its own for each.',
  charts: [
    {
      title: 'Fine-tuned accuracy over the patch size',
      x: { label: 'Patch size in pixels' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('picture.patch', 'MP3', {
        MP3: { measure: 'finetune' },
        'From scratch': { measure: 'finetune', baseline: 'scratch' },
      }),
      published: [],
    },
  ],
  rules: [{ rule: 'above', line: 'MP3', than: 'From scratch' }],
  sizes: { quick: patchSizeForm(3, 200, [1]), careful: patchSizeForm(6, 400, SEEDS) },
};

export const MP3_CARDS: readonly FigureCard[] = [maskRatio, positions, pretraining, fineTuning, patchSize];
