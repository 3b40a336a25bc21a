/** MP3 and MAE, fine-tuned apart and answering together (Zhai et al. 2022, section 4.2.3). */
import type { CardForm, CardLine, FigureCard } from './card.ts';
import { CONTENDER, ensembleName } from './ensemble.ts';
import { mp3Run, rivalRun } from './mp3.ts';
import { fewLabels, publishedLevels, SEEDS } from './parts.ts';

const [MP3, MAE, MP3_TWIN, MAE_TWIN] = ['MP3', 'MAE', 'MP3 again', 'MAE again'] as const;
/** The pair of the paper, and what any second run of one method adds. */
const TOGETHER = { both: [MP3, MAE], twoOfMp3: [MP3, MP3_TWIN], twoOfMae: [MAE, MAE_TWIN] } as const;

/** Pretrained as on the card of table 3, so that a folder of weights serves both. */
function form(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const [own, rival] = [mp3Run(steps), rivalRun(steps)];
  return {
    minutes,
    parts: [
      {
        kind: 'ensemble',
        name: 'Ensembles',
        members: [
          { name: MP3, pretraining: own },
          { name: MAE, pretraining: rival },
          { name: MP3_TWIN, pretraining: own, twin: 1 },
          { name: MAE_TWIN, pretraining: rival, twin: 1 },
        ],
        labels: fewLabels(40, 150),
        ensembles: Object.values(TOGETHER),
        seeds,
        testSamples: 1000,
        wants: 'CIFAR-10',
      },
    ],
  };
}

function level(name: string, contender: string): CardLine {
  return { name, part: 'Ensembles', measure: 'finetune', where: { [CONTENDER]: contender } };
}

export const MP3_ENSEMBLE_CARD: FigureCard = {
  id: 'mp3-ensemble',
  paper: 'mp3',
  title: 'Two methods answer together',
  source: 'Section 4.2.3',
  claim: 'MP3 and MAE know different things: the mean of their answers is right more often than either.',
  published:
    'ViT-B on ImageNet-1k, fine-tuned. MAE alone comes to 83.6 % with 1,600 epochs of pretraining. The paper has no two runs of one method.',
  setup:
    'Two pretrainings of each method a seed, all fine-tuned with the same labels; several answer by the mean of their class probabilities. Two runs of one method are the control, since any second run adds something.',
  charts: [
    {
      title: 'Alone, and two together',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        level('MP3', MP3),
        level('MAE', MAE),
        level('MP3 with MAE', ensembleName(TOGETHER.both)),
        level('Two of MP3', ensembleName(TOGETHER.twoOfMp3)),
        level('Two of MAE', ensembleName(TOGETHER.twoOfMae)),
      ],
      published: publishedLevels('%', { MP3: 83.0, MAE: 82.7, 'MP3 with MAE': 84.0 }),
    },
  ],
  rules: [
    { rule: 'above', line: 'MP3 with MAE', than: 'MP3' },
    { rule: 'above', line: 'MP3 with MAE', than: 'MAE' },
    { rule: 'above', line: 'MP3 with MAE', than: 'Two of MP3' },
    { rule: 'above', line: 'MP3 with MAE', than: 'Two of MAE' },
  ],
  sizes: { quick: form(2, 400, [1]), careful: form(8, 1000, SEEDS) },
};
