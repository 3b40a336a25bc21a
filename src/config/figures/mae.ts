/** Figures of MAE (He et al. 2021). */
import { presetRun } from '../presets.ts';
import { applySettings } from '../settings.ts';
import { scoreAt } from '../sweep/sweep.ts';
import type { CardForm, FigureCard } from './card.ts';
import { fewLabels, linesOver, pictureRun, published, SEEDS, sweepPart } from './parts.ts';
import { MAE_SCALE, probedAndTuned, probedAndTunedChart } from './probed.ts';

const maskRatio: FigureCard = {
  id: 'mae-mask-ratio',
  paper: 'mae',
  title: 'How much to hide',
  source: 'Fig. 5',
  claim: 'A high mask ratio, about 75 %, is best for a linear probe; fine-tuned models hardly care from 40 to 80 %.',
  published: `${MAE_SCALE}; fine-tuned it has a figure, which lies between 83 and 85 %.`,
  setup: 'A pretraining of its own for each mask ratio, the same labels for all: 40 of each class.',
  charts: [
    probedAndTunedChart('task.maskRatio', 'Mask ratio', [
      published('Linear probe', '%', [
        [0.1, 54.6],
        [0.2, 58.9],
        [0.3, 61.7],
        [0.4, 67.0],
        [0.5, 69.9],
        [0.6, 71.8],
        [0.7, 73.2],
        [0.75, 73.5],
        [0.8, 71.8],
        [0.9, 66.1],
      ]),
    ]),
  ],
  rules: [
    { rule: 'peaksBetween', line: 'Linear probe', from: 0.5, to: 0.9 },
    { rule: 'flatterThan', line: 'Fine-tuned', than: 'Linear probe' },
  ],
  sizes: {
    quick: probedAndTuned({ minutes: 2, steps: 150, seeds: [1], axes: { 'task.maskRatio': [0.1, 0.5, 0.75, 0.95] } }),
    careful: probedAndTuned({
      minutes: 5,
      steps: 400,
      seeds: SEEDS,
      axes: { 'task.maskRatio': [0.1, 0.3, 0.5, 0.75, 0.95] },
    }),
  },
};

function partialForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const part = sweepPart(
    'MAE',
    {
      base: pictureRun('mae', { 'model.depth': 4, 'optimiser.steps': steps, 'optimiser.warmup': 50, 'optimiser.batch': 32 }),
      axes: { 'supervised.train': ['0', '0.5', '1', '2', 'all'] },
      labels: { ...fewLabels(40, 200), 'supervised.pooling': 'mean' },
      seeds,
      measures: ['finetune'],
    },
    { wants: 'CIFAR-10' },
  );
  return { minutes, parts: [part] };
}

const partial: FigureCard = {
  id: 'mae-partial',
  paper: 'mae',
  title: 'Fine-tuned in part',
  source: 'Fig. 9',
  claim: 'Half a block that learns is worth most of what full fine-tuning gains over a frozen encoder.',
  published: `${MAE_SCALE}; longer schedules where fewer blocks learn.`,
  setup: 'One pretraining a seed, four blocks deep; the mean of patches is read out, and all have the same number of steps.',
  charts: [
    {
      title: 'Accuracy by what learns',
      x: { label: 'Blocks that learn' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('supervised.train', 'MAE', { MAE: { measure: 'finetune' } }),
      published: [
        published('MAE', '%', [
          ['0', 73.5],
          ['0.5', 79.1],
          ['1', 81.0],
        ]),
      ],
    },
    {
      title: 'The first half block',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'The head alone', part: 'MAE', measure: 'finetune', where: { 'supervised.train': '0' } },
        { name: 'Half a block', part: 'MAE', measure: 'finetune', where: { 'supervised.train': '0.5' } },
        { name: 'Everything', part: 'MAE', measure: 'finetune', where: { 'supervised.train': 'all' } },
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Half a block', than: 'The head alone' },
    { rule: 'above', line: 'Everything', than: 'The head alone' },
    { rule: 'increases', line: 'MAE' },
  ],
  sizes: { quick: partialForm(2, 200, [1]), careful: partialForm(5, 500, SEEDS) },
};

const TEXT_RATIOS = { quick: [0.15, 0.75], careful: [0.15, 0.3, 0.75] } as const;
const BOTH = 'task.maskRatio';
/** As text models are asked, whatever ratio they were trained at. */
const ASKED = 0.15;

function bothForm(minutes: number, words: number, pixels: number, ratios: readonly number[], seeds: readonly number[]): CardForm {
  return {
    minutes,
    parts: [
      sweepPart(
        'Texts',
        {
          base: applySettings(presetRun('bert-tales'), { 'optimiser.steps': words }),
          axes: { [BOTH]: ratios },
          labels: fewLabels(10, 1),
          seeds,
          measures: ['scores', 'knn'],
          testMaskRatios: [ASKED],
        },
        { testSamples: 500 },
      ),
      sweepPart(
        'Pictures',
        {
          base: pictureRun('mae', { 'optimiser.steps': pixels, 'optimiser.warmup': 50, 'optimiser.batch': 16 }),
          axes: { [BOTH]: ratios },
          labels: fewLabels(40, 80),
          seeds,
          measures: ['linear'],
        },
        { wants: 'CIFAR-10' },
      ),
    ],
  };
}

const both: FigureCard = {
  id: 'mae-bert',
  paper: 'mae',
  title: 'Words want less hidden than pictures',
  source: 'Section 1',
  claim: 'Pictures say everything twice, so that 75 % can be hidden; words do not, and BERT hides 15 %.',
  published: 'Words alone: 15 % for BERT, 75 % for MAE.',
  setup:
    'BERT on built-in tales and MAE on built-in scenes, each at the same ratios; words are always asked at 15 %. Who knows two neighbours on each side is right in 66.3 %.',
  charts: [
    {
      title: 'Masked words right, asked at 15 %',
      x: { label: 'Mask ratio of training' },
      y: { label: 'Words right', unit: 'share' },
      lines: [
        ...linesOver(BOTH, 'Texts', { 'Words right': { measure: scoreAt('maskedWordAccuracy', ASKED) } }),
        {
          name: 'Words right, trained at 75 %',
          part: 'Texts',
          measure: scoreAt('maskedWordAccuracy', ASKED),
          where: { [BOTH]: 0.75 },
        },
      ],
      published: [],
    },
    {
      title: 'What features are worth',
      x: { label: 'Mask ratio of training' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        ...linesOver(BOTH, 'Texts', { 'Topics of tales, neighbours': { measure: 'knn' } }),
        ...linesOver(BOTH, 'Pictures', { 'Scenes, linear probe': { measure: 'linear' } }),
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'within', line: 'Words right, trained at 75 %', low: 0, high: 0.663 },
    { rule: 'decreases', line: 'Words right' },
    { rule: 'increases', line: 'Scenes, linear probe' },
  ],
  sizes: {
    quick: bothForm(4, 250, 150, TEXT_RATIOS.quick, [1]),
    careful: bothForm(10, 800, 400, TEXT_RATIOS.careful, SEEDS),
  },
};

export const MAE_CARDS: readonly FigureCard[] = [maskRatio, partial, both];
