/** Figures and tables of MAE (He et al. 2021). */
import type { CardForm, FigureCard } from './card.ts';
import { pictureRun, sweepPart } from './parts.ts';

/** Both forms of a card differ in how often and how long, not in what is asked. */
const SEEDS = [1, 2, 3] as const;

function maskRatioForm(minutes: number, steps: number, values: readonly number[], seeds: readonly number[]): CardForm {
  return {
    minutes,
    parts: [
      sweepPart('MAE', {
        base: pictureRun('mae', { 'optimiser.steps': steps, 'optimiser.warmup': 50, 'optimiser.batch': 32 }),
        axes: { 'task.maskRatio': values },
        labels: { 'supervised.labelsPerClass': 40, 'optimiser.steps': 100, 'optimiser.batch': 32 },
        seeds,
        measures: ['linear', 'finetune'],
        baselines: ['scratch', 'random'],
      }),
    ],
  };
}

const maskRatio: FigureCard = {
  id: 'mae-mask-ratio',
  paper: 'mae',
  title: 'How much to hide',
  source: 'Fig. 5',
  claim: 'A high mask ratio, about 75 %, is best for a linear probe; fine-tuned models hardly care from 40 to 80 %.',
  published:
    'ViT-L, 800 epochs of ImageNet-1k; linear probe on its validation set. The last value of each line is read off the figure.',
  setup: 'A pretraining of its own for each mask ratio; the same labels for all.',
  charts: [
    {
      title: 'Accuracy over the mask ratio',
      x: { label: 'Mask ratio' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'Fine-tuned', part: 'MAE', measure: 'finetune', x: 'task.maskRatio' },
        { name: 'Linear probe', part: 'MAE', measure: 'linear', x: 'task.maskRatio' },
        { name: 'From scratch', part: 'MAE', measure: 'finetune', x: 'task.maskRatio', baseline: 'scratch' },
        { name: 'Random, frozen', part: 'MAE', measure: 'linear', x: 'task.maskRatio', baseline: 'random' },
      ],
      published: [
        {
          name: 'Linear probe',
          unit: '%',
          points: [
            { x: 0.1, value: 54.6 },
            { x: 0.2, value: 58.9 },
            { x: 0.3, value: 61.7 },
            { x: 0.4, value: 67.0 },
            { x: 0.5, value: 69.9 },
            { x: 0.6, value: 71.8 },
            { x: 0.7, value: 73.2 },
            { x: 0.75, value: 73.5 },
            { x: 0.8, value: 71.8 },
            { x: 0.9, value: 66.1 },
          ],
        },
      ],
    },
  ],
  rules: [
    { rule: 'peaksBetween', line: 'Linear probe', from: 0.5, to: 0.9 },
    { rule: 'flatterThan', line: 'Fine-tuned', than: 'Linear probe' },
  ],
  sizes: {
    quick: maskRatioForm(3, 150, [0.1, 0.5, 0.75, 0.95], [1]),
    careful: maskRatioForm(10, 400, [0.1, 0.3, 0.5, 0.75, 0.9, 0.95], SEEDS),
  },
};

export const MAE_CARDS: readonly FigureCard[] = [maskRatio];
