/** What of self-distillation for further pretraining (Lee et al. 2022) matters, and what it does to weights. */
import { fineTuningMetric } from '../sweep/sweep.ts';
import type { CardForm, FigureCard } from './card.ts';
import { CAREFUL, LABELS, type Lengths, part, QUICK, SCALE, SETUP, SHORT, THREE, VARIANT, type Words } from './distilled.ts';
import { publishedLevels } from './parts.ts';

function roundsForm(minutes: number, lengths: Lengths): CardForm {
  const words: Words = {
    axes: { [LABELS]: [20] },
    settings: { 'selfDistillation.rounds': 3 },
    phases: [0, 1, 2, 3, 4],
    baselines: [],
  };
  return { minutes, parts: [part('Run', lengths, words)] };
}

const rounds: FigureCard = {
  id: 'sd-rounds',
  paper: 'selfDistillation',
  title: 'More than one round',
  source: 'Fig. 4',
  claim: 'The first round of self-distillation matters most; later ones change little.',
  published: 'A figure without printed values; the paper uses one round everywhere else.',
  setup: `${SETUP} One run of three rounds a seed, looked at after each.`,
  charts: [
    {
      title: 'Accuracy after each phase',
      y: { label: 'Accuracy', unit: 'share' },
      lines: ['Fine-tuned as it is', 'Further pretrained', 'One round', 'Two rounds', 'Three rounds'].map((name, look) => ({
        name,
        part: 'Run',
        measure: 'finetune',
        look,
      })),
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'One round', than: 'Further pretrained' },
    { rule: 'above', line: 'Three rounds', than: 'Further pretrained' },
  ],
  sizes: { quick: roundsForm(3, QUICK), careful: roundsForm(5, CAREFUL) },
};

const VARIANTS = {
  'Self-distillation': 'full',
  'Without MAE': 'noMae',
  'Without distillation': 'noDistillation',
  'Twice as long': 'twice',
  'Matching predictions': 'predictions',
  'Matching weights': 'weights',
} as const;

function ablationsForm(minutes: number, lengths: Lengths): CardForm {
  return { minutes, parts: [part('Run', lengths, { axes: { [VARIANT]: Object.values(VARIANTS) }, baselines: [] })] };
}

const ablations: FigureCard = {
  id: 'sd-ablations',
  paper: 'selfDistillation',
  title: 'What of it matters',
  source: 'Table 3',
  claim: 'Both losses matter, and features are a better thing to match than predictions or weights.',
  published: `${SCALE}; the column CUB of two sets.`,
  setup: `${SETUP} A run of its own for each variant.`,
  charts: [
    {
      title: 'Accuracy by variant',
      y: { label: 'Accuracy', unit: 'share' },
      lines: Object.entries(VARIANTS).map(([name, variant]) => ({
        name,
        part: 'Run',
        measure: 'finetune',
        where: { [VARIANT]: variant },
      })),
      published: publishedLevels('%', {
        'Self-distillation': 58.06,
        'Without MAE': 57.6,
        'Without distillation': 55.72,
        'Twice as long': 53.41,
        'Matching predictions': 55.27,
        'Matching weights': 53.7,
      }),
    },
  ],
  rules: Object.keys(VARIANTS)
    .slice(1)
    .map((than) => ({ rule: 'above', line: 'Self-distillation', than })),
  sizes: { quick: ablationsForm(4, QUICK), careful: ablationsForm(6, SHORT) },
};

function fitForm(minutes: number, lengths: Lengths): CardForm {
  return { minutes, parts: [part('Run', lengths, { axes: { [LABELS]: [20] }, phases: THREE, scores: true, baselines: [] })] };
}

const LOOKS = ['Fine-tuned as it is', 'Further pretrained', 'Self-distilled'] as const;

const fit: FigureCard = {
  id: 'sd-fit',
  paper: 'selfDistillation',
  title: 'Gap and distance',
  source: 'Fig. 5',
  claim: 'Self-distillation stays nearer to the start than further pretraining, and generalises better from its labels.',
  published: 'Figures without printed values.',
  setup: `${SETUP} One run a seed, looked at after each phase; the gap is test loss less training loss, both without smoothing.`,
  charts: [
    {
      title: 'Distance of the weights to the start',
      y: { label: 'Distance', unit: 'number' },
      lines: LOOKS.slice(1).map((name, i) => ({ name: `${name}, distance`, part: 'Run', measure: 'distance', look: i + 1 })),
      published: [],
    },
    {
      title: 'Generalisation gap after fine-tuning',
      y: { label: 'Test less training loss', unit: 'number' },
      lines: LOOKS.map((name, look) => ({
        name: `${name}, gap`,
        part: 'Run',
        measure: fineTuningMetric('generalisationGap'),
        look,
      })),
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Further pretrained, distance', than: 'Self-distilled, distance' },
    { rule: 'above', line: 'Fine-tuned as it is, gap', than: 'Self-distilled, gap' },
    { rule: 'above', line: 'Further pretrained, gap', than: 'Self-distilled, gap' },
  ],
  sizes: { quick: fitForm(2, QUICK), careful: fitForm(4, CAREFUL) },
};

export const SELF_DISTILLATION_MORE_CARDS: readonly FigureCard[] = [rounds, ablations, fit];
