/**
 * What the mask ratio of pretraining was worth, of texts and of pictures: the question of BERT beside MAE. Words and topics: `bert-tales`,
 * 1,500 steps, the mean of three seeds (docs/results.md). Pictures: figure 5 of the MAE paper (He et al. 2021), ViT-L on ImageNet.
 */
import type { Series } from '../charts/types.ts';

interface RatioLine {
  name: string;
  /** What was measured, and of what. */
  told: string;
  points: readonly (readonly [ratio: number, percent: number])[];
}

export const RATIO_LINES: readonly RatioLine[] = [
  {
    name: 'words',
    told: 'masked words right, BERT on Tales, always tested at 0.15, three seeds',
    points: [
      [0.15, 72.5],
      [0.3, 75.7],
      [0.5, 71.4],
      [0.75, 48.9],
    ],
  },
  {
    name: 'topics',
    told: 'topic of a tale, fine-tuned on 10 labels a class, BERT on Tales, three seeds',
    points: [
      [0.15, 72],
      [0.3, 73.1],
      [0.5, 77.2],
      [0.75, 67],
    ],
  },
  {
    name: 'pictures',
    told: 'class of a picture, linear probe, MAE on ImageNet',
    points: [
      [0.1, 54.6],
      [0.2, 58.9],
      [0.3, 61.7],
      [0.4, 67],
      [0.5, 69.9],
      [0.6, 71.8],
      [0.7, 73.2],
      [0.75, 73.5],
      [0.8, 71.8],
      [0.9, 66.1],
    ],
  },
];

/** Masked words of Tales that two neighbours on each side tell. */
export const FIVE_GRAM = 0.663;

const DASHES = [undefined, '6 3', '2 3'] as const;

export function ratioSeries(): Series[] {
  return RATIO_LINES.map(({ name, points }, i) => {
    const dash = DASHES[i];
    const hue = { stroke: `var(--hue-${i + 1})`, ...(dash === undefined ? {} : { dash }) };
    return { name, tone: 'strong', hue, points: points.map(([x, percent]) => ({ x, y: percent / 100 })), dots: 'filled' };
  });
}
