/** Figures and tables of self-distillation for further pretraining (Lee et al. 2022). */
import type { Settings, SettingValue } from '../field.ts';
import type { SweepBaseline } from '../sweep/sweep.ts';
import type { CardForm, CardPart, FigureCard } from './card.ts';
import { fewLabels, linesOver, pictureRun, publishedLevels, SEEDS, sweepPart } from './parts.ts';

const SCALE = 'ViT-B pretrained on ImageNet, 20,000 steps further; averages of five seeds';
const SETUP =
  'MAE, 16 patches: pretrained on drawn faces, further on the samples to be classified, without labels; then few labels of these.';
const VARIANT = 'selfDistillation.variant';

/** Steps of the start, on faces, and of each phase after it. */
interface Lengths {
  pretrain: number;
  further: number;
  seeds: readonly number[];
}

const QUICK: Lengths = { pretrain: 300, further: 150, seeds: [1] };
const CAREFUL: Lengths = { pretrain: 800, further: 400, seeds: SEEDS };
/** Of cards that need many runs, each with a start of its own. */
const SHORT: Lengths = { pretrain: 400, further: 200, seeds: SEEDS };

interface Words {
  axes: Readonly<Record<string, readonly SettingValue[]>>;
  settings?: Settings;
  labels?: Settings;
  /** Ends of phases at which the run is looked at: 0 of pretraining, 1 of further pretraining, 2 of the first round. */
  phases?: readonly number[];
  scores?: boolean;
  baselines?: readonly SweepBaseline[];
}

function part(name: string, { pretrain, further, seeds }: Lengths, words: Words): CardPart {
  const { axes, settings = {}, labels = {}, phases = [], scores = false, baselines = ['scratch'] } = words;
  return sweepPart(
    name,
    {
      base: pictureRun('selfDistillation', {
        'picture.patch': 8,
        'optimiser.batch': 16,
        'selfDistillation.pretrainSteps': pretrain,
        'optimiser.steps': further,
        ...settings,
      }),
      axes,
      labels: { ...fewLabels(20, 150), ...labels },
      seeds,
      measures: ['finetune', ...(scores ? (['scores'] as const) : [])],
      baselines,
      checkpointsAt: phases.map((phase) => pretrain + phase * further),
    },
    { wants: 'CIFAR-10' },
  );
}

/** Looked at as it starts from faces, when it was pretrained further, and after a round of self-distillation. */
const THREE = [0, 1, 2] as const;
const LABELS = 'supervised.labelsPerClass';
const STEPS = 'optimiser.steps';

function stepsForm(minutes: number, lengths: Lengths, values: readonly number[]): CardForm {
  return {
    minutes,
    parts: [
      part('Fine-tuned', lengths, { axes: { [LABELS]: [20] }, phases: [0] }),
      part('Further', lengths, { axes: { [STEPS]: values }, settings: { [VARIANT]: 'noDistillation' } }),
      part('Distilled', lengths, { axes: { [STEPS]: values } }),
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

function roundsForm(minutes: number, lengths: Lengths): CardForm {
  const words: Words = { axes: { [LABELS]: [20] }, settings: { 'selfDistillation.rounds': 3 }, phases: [0, 1, 2, 3, 4] };
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
  return { minutes, parts: [part('Run', lengths, { axes: { [VARIANT]: Object.values(VARIANTS) } })] };
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

export const SELF_DISTILLATION_CARDS: readonly FigureCard[] = [steps, rivals, labels, rounds, ablations];
