/** Figures and tables of self-distillation for further pretraining (Lee et al. 2022). */
import type { CardForm, FigureCard } from './card.ts';
import { CAREFUL, LABELS, type Lengths, part, QUICK, SCALE, SETUP, SHORT, THREE, VARIANT } from './distilled.ts';
import { linesOver, publishedLevels } from './parts.ts';

const STEPS = 'optimiser.steps';

function stepsForm(minutes: number, lengths: Lengths, values: readonly number[]): CardForm {
  return {
    minutes,
    parts: [
      part('Fine-tuned', lengths, { axes: { [LABELS]: [20] }, phases: [0] }),
      part('Further', lengths, { axes: { [STEPS]: values }, settings: { [VARIANT]: 'noDistillation' }, baselines: [] }),
      part('Distilled', lengths, { axes: { [STEPS]: values }, baselines: [] }),
    ],
  };
}

const steps: FigureCard = {
  id: 'sd-steps',
  paper: 'selfDistillation',
  title: 'Longer further pretraining',
  source: 'Fig. 1',
  claim: 'The longer a model is pretrained further, the worse it is when fine-tuned; with self-distillation it gets better.',
  published: `${SCALE}: CUB, 0 to 60,000 steps, between 50 and 58 %. A figure without printed values.`,
  setup: `${SETUP} A run of its own for each length; self-distillation takes as many steps again.`,
  charts: [
    {
      title: 'Fine-tuned accuracy over steps of further pretraining',
      x: { label: 'Steps', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'Self-distilled', part: 'Distilled', measure: 'finetune', x: STEPS },
        { name: 'Further pretrained', part: 'Further', measure: 'finetune', x: STEPS },
        { name: 'Fine-tuned as it is', part: 'Fine-tuned', measure: 'finetune' },
        { name: 'From scratch', part: 'Fine-tuned', measure: 'finetune', baseline: 'scratch' },
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Self-distilled', than: 'Further pretrained', at: 'last' },
    { rule: 'decreases', line: 'Further pretrained' },
    { rule: 'above', line: 'Self-distilled', than: 'Fine-tuned as it is', at: 'last' },
  ],
  sizes: { quick: stepsForm(3, QUICK, [50, 300]), careful: stepsForm(6, SHORT, [50, 150, 450]) },
};

function rivalsForm(minutes: number, lengths: Lengths): CardForm {
  const regularisers = ['none', 'l2sp', 'recAdam', 'mars', 'r3f'];
  return {
    minutes,
    parts: [
      // From scratch there is no start to stay near.
      part('Fine-tuned', lengths, { axes: { 'supervised.regulariser': regularisers }, phases: [0], baselines: [] }),
      part('Further', lengths, { axes: { [LABELS]: [20] }, phases: [1, 2] }),
    ],
  };
}

const asItIs = (name: string, regulariser: string) => ({
  name,
  part: 'Fine-tuned',
  measure: 'finetune',
  where: { 'supervised.regulariser': regulariser },
});

const rivals: FigureCard = {
  id: 'sd-rivals',
  paper: 'selfDistillation',
  title: 'Beside other ways not to forget',
  source: 'Table 1',
  claim: 'Self-distillation is better than fine-tuning with any of the regularisers, and than further pretraining alone.',
  published: `${SCALE}; here the column CUB of six sets. L2-SP is not in the table.`,
  setup: `${SETUP} Regularisers at what they start with here.`,
  charts: [
    {
      title: 'Accuracy by method',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'Self-distilled', part: 'Further', measure: 'finetune', look: 1 },
        { name: 'Further pretrained', part: 'Further', measure: 'finetune', look: 0 },
        asItIs('Fine-tuned as it is', 'none'),
        asItIs('RecAdam', 'recAdam'),
        asItIs('MARS', 'mars'),
        asItIs('R3F', 'r3f'),
        asItIs('L2-SP', 'l2sp'),
        { name: 'From scratch', part: 'Further', measure: 'finetune', baseline: 'scratch' },
      ],
      published: publishedLevels('%', {
        'Self-distilled': 58.06,
        'Further pretrained': 55.72,
        'Fine-tuned as it is': 55.55,
        RecAdam: 55.22,
        MARS: 55.35,
        R3F: 55.91,
      }),
    },
  ],
  rules: ['Fine-tuned as it is', 'Further pretrained', 'RecAdam', 'MARS', 'R3F'].map((than) => ({
    rule: 'above',
    line: 'Self-distilled',
    than,
  })),
  sizes: { quick: rivalsForm(3, QUICK), careful: rivalsForm(5, CAREFUL) },
};

function labelsForm(minutes: number, lengths: Lengths, values: readonly number[]): CardForm {
  return { minutes, parts: [part('Run', lengths, { axes: { [LABELS]: values }, phases: THREE })] };
}

const labels: FigureCard = {
  id: 'sd-labels',
  paper: 'selfDistillation',
  title: 'Few labels and many',
  source: 'Fig. 3',
  claim: 'Self-distillation helps most where labels are few.',
  published:
    'A text classification set with 1,000 labels and more: 13 points above fine-tuning with the fewest. Other values are not printed.',
  setup: `${SETUP} One run a seed, looked at after each phase.`,
  charts: [
    {
      title: 'Accuracy over labels of each class',
      x: { label: 'Labels of each class', scale: 'log' },
      y: { label: 'Accuracy', unit: 'share' },
      lines: linesOver(LABELS, 'Run', {
        'Self-distilled': { measure: 'finetune', look: 2 },
        'Further pretrained': { measure: 'finetune', look: 1 },
        'Fine-tuned as it is': { measure: 'finetune', look: 0 },
        'From scratch': { measure: 'finetune', baseline: 'scratch' },
      }),
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Self-distilled', than: 'Fine-tuned as it is', at: 5 },
    { rule: 'above', line: 'Self-distilled', than: 'Further pretrained', at: 5 },
    { rule: 'increases', line: 'Self-distilled' },
  ],
  sizes: { quick: labelsForm(3, QUICK, [5, 40]), careful: labelsForm(5, CAREFUL, [5, 20, 80]) },
};

export const SELF_DISTILLATION_CARDS: readonly FigureCard[] = [steps, rivals, labels];
