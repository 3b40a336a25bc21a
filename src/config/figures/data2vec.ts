/** Figures and tables of data2vec 2.0 (Baevski et al. 2022). */
import type { Settings } from '../field.ts';
import type { RunConfig } from '../run.ts';
import type { CardForm, CardPart, FigureCard } from './card.ts';
import { fewLabels, linesOver, pictureRun, SEEDS, sweepPart } from './parts.ts';

function data2vecRun(steps: number, settings: Settings = {}): RunConfig {
  return pictureRun('data2vec', { 'optimiser.steps': steps, 'optimiser.warmup': 50, ...settings });
}

function partOf(
  base: RunConfig,
  axes: Parameters<typeof sweepPart>[1]['axes'],
  seeds: readonly number[],
  name = 'data2vec',
): CardPart {
  const measures = ['linear', 'stepTime'] as const;
  return sweepPart(
    name,
    { base, axes, labels: fewLabels(40, 100), seeds, measures, baselines: ['random'] },
    { wants: 'CIFAR-10' },
  );
}

function masksForm(minutes: number, steps: number, values: readonly number[], seeds: readonly number[]): CardForm {
  const base = data2vecRun(steps, { 'optimiser.batch': 8 });
  return { minutes, parts: [partOf(base, { 'data2vec.masks': values }, seeds)] };
}

const masks: FigureCard = {
  id: 'data2vec-masks',
  paper: 'data2vec',
  title: 'Many masks of one picture',
  source: 'Multi-mask training',
  claim:
    'Several students share one look of the teacher: each of them is cheaper, and the representation learns more from a batch.',
  published: 'A figure without numbers that we have; 8 masks a picture for vision and text, 8 to 16 for speech.',
  setup: 'Eight pictures a step, so that more masks are also more students; "random" is an encoder that learned nothing.',
  charts: [
    {
      title: 'Milliseconds per student',
      x: { label: 'Masks per picture', scale: 'log' },
      y: { label: 'Milliseconds', unit: 'milliseconds' },
      lines: linesOver('data2vec.masks', 'data2vec', { 'Time per student': { measure: 'stepTime', per: 'data2vec.masks' } }),
      published: [],
    },
    {
      title: 'Linear probe after as many steps',
      x: { label: 'Masks per picture', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('data2vec.masks', 'data2vec', {
        'Linear probe': { measure: 'linear' },
        'Random, frozen': { measure: 'linear', baseline: 'random' },
      }),
      published: [],
    },
  ],
  rules: [
    { rule: 'decreases', line: 'Time per student' },
    { rule: 'increases', line: 'Linear probe' },
  ],
  sizes: { quick: masksForm(2, 150, [1, 4], [1]), careful: masksForm(4, 200, [1, 2, 4, 8], SEEDS) },
};

function shapesForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  return {
    minutes,
    parts: [
      partOf(data2vecRun(steps), { 'data2vec.block': [1, 3] }, seeds, 'All but'),
      partOf(data2vecRun(steps, { 'data2vec.mask': 'spans' }), { 'data2vec.block': [3] }, seeds, 'Removed'),
    ],
  };
}

const shapes: FigureCard = {
  id: 'data2vec-blocks',
  paper: 'data2vec',
  title: 'Seeing blocks, rather than missing them',
  source: 'Inverse block masking',
  claim: 'A student that sees whole blocks learns more than one that sees scattered patches, or misses blocks.',
  published: 'Words alone; blocks of 3 patches a side at a mask ratio of 0.8 for vision.',
  setup: '64 patches, mask ratio 0.75, four masks of 16 pictures a step; blocks of three a side.',
  charts: [
    {
      title: 'Linear probe by what is seen',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'Sees blocks', part: 'All but', measure: 'linear', where: { 'data2vec.block': 3 } },
        { name: 'Sees scattered patches', part: 'All but', measure: 'linear', where: { 'data2vec.block': 1 } },
        { name: 'Misses blocks', part: 'Removed', measure: 'linear' },
        { name: 'Random, frozen', part: 'All but', measure: 'linear', baseline: 'random' },
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Sees blocks', than: 'Sees scattered patches' },
    { rule: 'above', line: 'Sees blocks', than: 'Misses blocks' },
    { rule: 'above', line: 'Sees blocks', than: 'Random, frozen' },
  ],
  sizes: { quick: shapesForm(3, 150, [1]), careful: shapesForm(5, 200, SEEDS) },
};

function layersForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const base = data2vecRun(steps, { 'model.depth': 4, 'optimiser.batch': 8 });
  return { minutes, parts: [partOf(base, { 'data2vec.layers': [1, 2, 4] }, seeds)] };
}

const layers: FigureCard = {
  id: 'data2vec-layers',
  paper: 'data2vec',
  title: 'Targets of several layers',
  source: 'Contextualized targets',
  claim: 'The average of several of the teacher’s blocks is a better target than the last one alone.',
  published: 'Words alone; all 10 to 24 upper blocks are averaged.',
  setup: 'Four blocks; 64 patches, mask ratio 0.75, four masks of 8 pictures a step.',
  charts: [
    {
      title: 'Linear probe over averaged blocks',
      x: { label: 'Blocks averaged' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver('data2vec.layers', 'data2vec', {
        'Linear probe': { measure: 'linear' },
        'Random, frozen': { measure: 'linear', baseline: 'random' },
      }),
      published: [],
    },
  ],
  rules: [{ rule: 'increases', line: 'Linear probe' }],
  sizes: { quick: layersForm(2, 120, [1]), careful: layersForm(5, 200, SEEDS) },
};

const STEPS = 'optimiser.steps';
const LENGTHS = [75, 150, 300] as const;
const LONGEST = 300;
/** At these batches a step of either is as much arithmetic, within two per cent (`stepFlops`; a test holds them to it). */
const EQUAL_BATCHES = { data2vec: 16, mae: 24 } as const;

function equalCostForm(minutes: number, seeds: readonly number[]): CardForm {
  const shared = {
    axes: { [STEPS]: LENGTHS },
    labels: { ...fewLabels(40, 100), 'supervised.pooling': 'mean' },
    seeds,
    measures: ['linear', 'stepTime'] as const,
  };
  const start: Settings = { 'optimiser.warmup': 30 };
  return {
    minutes,
    parts: [
      sweepPart(
        'data2vec',
        { ...shared, base: pictureRun('data2vec', { ...start, 'optimiser.batch': EQUAL_BATCHES.data2vec }) },
        { wants: 'CIFAR-10' },
      ),
      sweepPart(
        'MAE',
        { ...shared, base: pictureRun('mae', { ...start, 'optimiser.batch': EQUAL_BATCHES.mae }), baselines: ['random'] },
        { wants: 'CIFAR-10' },
      ),
    ],
  };
}

const equalCost: FigureCard = {
  id: 'data2vec-mae',
  paper: 'data2vec',
  title: 'Beside MAE, at equal cost',
  source: 'Abstract, efficiency',
  claim: 'data2vec 2.0 gets as far as MAE in a sixteenth of the time.',
  published: 'ImageNet-1k: 16.4 times less pretraining time than MAE at the same accuracy when fine-tuned.',
  setup: `A run of its own for each length; ${EQUAL_BATCHES.data2vec} pictures a step with four masks each, and ${EQUAL_BATCHES.mae} of MAE, are as much arithmetic. Both are read out by the mean of patches, frozen, where the paper fine-tunes.`,
  charts: [
    {
      title: 'Linear probe over steps of equal arithmetic',
      x: { label: 'Steps', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        ...linesOver(STEPS, 'data2vec', { 'data2vec 2.0': { measure: 'linear' } }),
        ...linesOver(STEPS, 'MAE', { MAE: { measure: 'linear' } }),
        { name: 'MAE, longest', part: 'MAE', measure: 'linear', where: { [STEPS]: LONGEST } },
        { name: 'Random, frozen', part: 'MAE', measure: 'linear', baseline: 'random' },
      ],
      published: [],
    },
    {
      title: 'Milliseconds a step, measured',
      x: { label: 'Steps', scale: 'log' },
      y: { label: 'Milliseconds', unit: 'milliseconds' },
      lines: [
        ...linesOver(STEPS, 'data2vec', { 'data2vec 2.0, time': { measure: 'stepTime' } }),
        ...linesOver(STEPS, 'MAE', { 'MAE, time': { measure: 'stepTime' } }),
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'data2vec 2.0', than: 'MAE', at: 'last' },
    { rule: 'above', line: 'data2vec 2.0', than: 'MAE, longest', at: 150 },
  ],
  sizes: { quick: equalCostForm(3, [1]), careful: equalCostForm(6, SEEDS) },
};

export const DATA2VEC_CARDS: readonly FigureCard[] = [masks, shapes, layers, equalCost];
