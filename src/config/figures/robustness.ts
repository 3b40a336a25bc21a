/** Tables of robustness in multimodal learning (McKinzie et al. 2023), on pictures, sounds and captions of digits. */
import { type PresetName, presetRun } from '../presets.ts';
import { applySettings } from '../settings.ts';
import type { CardForm, CardLine, FigureCard, RobustnessPart } from './card.ts';
import { SEEDS } from './parts.ts';

const SETUP =
  'Paired digits: a picture, a sound and a caption, of which half do not name the digit. Labels for every subset of the three in turn (50 of each class), tests on every subset; pretrained anew for each seed.';
const METHODS = ['LP', 'FT', 'MASD', 'MASD*'] as const;
const NAMES = { LP: 'Linear probe', FT: 'Fine-tuned', MASD: 'MASD', 'MASD*': 'MASD on parts' } as const;
const ALPHAS = [0.25, 0.5, 0.75] as const;

function studyForm(minutes: number, preset: PresetName, pretrain: number, seeds: readonly number[], steps: number): CardForm {
  return {
    minutes,
    parts: [
      {
        kind: 'robustness',
        name: 'Study',
        pretraining: applySettings(presetRun(preset), { 'optimiser.steps': pretrain }),
        labels: { 'optimiser.steps': steps },
        seeds,
        methods: METHODS,
        baselines: [],
        alphas: ALPHAS,
        scratchSteps: 1,
        testSamples: 500,
      },
    ],
  };
}

/** A level for each method, of one kind of pairs. */
function levels(kind: string, measure: string): CardLine[] {
  return METHODS.map((method) => ({
    name: `${NAMES[method]}, ${kind}`,
    part: 'Study',
    measure,
    where: { method, alpha: 1 },
  }));
}

const KINDS: FigureCard['charts'] = [
  {
    title: 'Tested with a sense added',
    y: { label: 'Accuracy', unit: 'share' },
    lines: levels('added', 'performance.added'),
    published: [],
  },
  {
    title: 'Tested with other senses altogether',
    y: { label: 'Accuracy', unit: 'share' },
    lines: levels('transfer', 'performance.transfer'),
    published: [],
  },
  {
    title: 'Tested with a sense missing',
    y: { label: 'Accuracy', unit: 'share' },
    lines: levels('missing', 'performance.missing'),
    published: [],
  },
];

const WISE_FT: FigureCard['charts'][number] = {
  title: 'WiSE-FT: missing senses, between probe and fine-tuned',
  x: { label: 'Alpha (0 is the probe)' },
  y: { label: 'Accuracy', unit: 'share' },
  lines: [
    {
      name: 'Fine-tuned, missing, over alpha',
      part: 'Study',
      measure: 'performance.missing',
      x: 'alpha',
      where: { method: 'FT' },
    },
    { name: 'MASD, missing, over alpha', part: 'Study', measure: 'performance.missing', x: 'alpha', where: { method: 'MASD' } },
  ],
  published: [],
};

const contrastive: FigureCard = {
  id: 'robust-contrastive',
  paper: 'robustness',
  title: 'Contrastive pretraining, and senses that come and go',
  source: 'Tables 1 and 2, WiSE-FT',
  claim:
    'Self-distillation to the senses without labels doubles what a contrastive model can do with added and with other senses; only missing ones it answers worse, which WiSE-FT repairs.',
  published: 'AudioSet with video, audio and text; the text tells the changes, and we do not have its tables.',
  setup: `${SETUP} Contrastive, 400 steps, so that senses are half aligned.`,
  charts: [...KINDS, WISE_FT],
  rules: [
    { rule: 'above', line: 'MASD, added', than: 'Fine-tuned, added' },
    { rule: 'above', line: 'MASD, transfer', than: 'Fine-tuned, transfer' },
    { rule: 'above', line: 'Fine-tuned, missing', than: 'MASD, missing' },
    { rule: 'above', line: 'MASD on parts, transfer', than: 'MASD, transfer' },
  ],
  sizes: {
    quick: studyForm(4, 'masd-early', 200, [1], 60),
    careful: studyForm(10, 'masd-early', 400, SEEDS, 100),
  },
};

const mae: FigureCard = {
  id: 'robust-mae',
  paper: 'robustness',
  title: 'Painting with several senses, and senses that come and go',
  source: 'Table 1, MAE',
  claim:
    'What a multimodal MAE learned from labels of some senses is worth nothing with others alone; self-distillation teaches it.',
  published: 'AudioSet with video, audio and text; the text tells that transfer collapses, and we do not have its table.',
  setup: `${SETUP} Parts of all three are removed and painted from what is left of all. Guessing is right in 10 %.`,
  charts: KINDS,
  rules: [
    { rule: 'within', line: 'Fine-tuned, transfer', low: 0, high: 0.2 },
    { rule: 'above', line: 'MASD, transfer', than: 'Fine-tuned, transfer' },
    { rule: 'above', line: 'MASD, added', than: 'Fine-tuned, added' },
  ],
  sizes: { quick: studyForm(4, 'mae-pairs', 200, [1], 60), careful: studyForm(10, 'mae-pairs', 400, SEEDS, 100) },
};

const SENSES = 'pair.senses';
const TESTED = 'picture+sound';
const PRETRAINED = { 'Two senses': TESTED, 'Three senses': 'picture+sound+text' } as const;

/** Labels and tests are of pictures and sounds in both parts: captions are there in pretraining, or are not. */
function modalitiesForm(minutes: number, pretrain: number, steps: number, seeds: readonly number[]): CardForm {
  const parts = Object.entries(PRETRAINED).map(
    ([name, senses]): RobustnessPart => ({
      kind: 'robustness',
      name,
      pretraining: applySettings(presetRun('masd-early'), { 'optimiser.steps': pretrain, [SENSES]: senses }),
      labels: { 'optimiser.steps': steps, [SENSES]: TESTED },
      seeds,
      methods: ['LP', 'FT'],
      baselines: [],
      alphas: [],
      scratchSteps: 1,
      testSamples: 500,
    }),
  );
  return { minutes, parts };
}

/** Names are short enough to stand whole on a phone. */
function byPretraining(method: 'LP' | 'FT', kind: string, measure: string): CardLine[] {
  const name = method === 'LP' ? 'Probe' : NAMES[method];
  return Object.keys(PRETRAINED).map((part, i) => ({
    name: `${name}, ${i + 2} senses${kind}`,
    ...{ part, measure, where: { method, alpha: 1 } },
  }));
}

const modalities: FigureCard = {
  id: 'robust-modalities',
  paper: 'robustness',
  title: 'Pretraining on one sense more',
  source: 'Fig. 4',
  claim: 'A model that was pretrained on more senses is better with those that it is used with, though the others are not there.',
  published:
    'AudioSet with video, audio and text, contrastive, tested with the senses that had labels: 3.5 to 6.0 points more. The text tells that; the figure has no printed values.',
  setup:
    'Paired digits: contrastive on pictures and sounds, or on captions too, of which half do not name the digit; as many steps for both, though a step with three senses is dearer. Then labels (50 of each class) and tests for pictures, sounds and both.',
  charts: [
    {
      title: 'Tested with the senses that had labels',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [...byPretraining('LP', '', 'performance.equal'), ...byPretraining('FT', '', 'performance.equal')],
      published: [],
    },
    {
      title: 'Tested with every choice of the two',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [...byPretraining('LP', ', any', 'performance.all'), ...byPretraining('FT', ', any', 'performance.all')],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Probe, 3 senses', than: 'Probe, 2 senses' },
    { rule: 'above', line: 'Fine-tuned, 3 senses', than: 'Fine-tuned, 2 senses' },
    { rule: 'above', line: 'Fine-tuned, 3 senses, any', than: 'Fine-tuned, 2 senses, any' },
  ],
  sizes: { quick: modalitiesForm(2, 200, 60, [1]), careful: modalitiesForm(7, 400, 100, SEEDS) },
};

export const ROBUSTNESS_CARDS: readonly FigureCard[] = [contrastive, mae, modalities];
