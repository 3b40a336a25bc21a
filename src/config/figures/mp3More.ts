/** MP3 (Zhai et al. 2022) under tests with more context and less: what it costs, where its heads look, and what it does with sounds. */
import type { Settings } from '../field.ts';
import { presetRun } from '../presets.ts';
import { applySettings } from '../settings.ts';
import { scoreAt } from '../sweep/sweep.ts';
import type { CardForm, FigureCard } from './card.ts';
import { fewLabels, linesOver, pictureRun, published, SEEDS, sweepPart } from './parts.ts';

const RATIOS = [0.3, 0.5, 0.75, 0.9] as const;

/** The paper's decoder is two thirds as deep and as wide as its encoder, and the light one a sixth as deep and a third as wide. */
const SIZE: Settings = { 'model.width': 96, 'model.depth': 6, 'picture.patch': 4, 'optimiser.batch': 16 };
const HEAVY: Settings = { 'mae.decoderDepth': 4, 'mae.decoderWidth': 64 };
const LIGHT: Settings = { 'mae.decoderDepth': 1, 'mae.decoderWidth': 32 };

function stepTimeForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const timed = { seeds, measures: ['stepTime', 'stepMemory'] as const };
  const over = { ...timed, axes: { 'task.maskRatio': RATIOS } };
  const short: Settings = { ...SIZE, 'optimiser.steps': steps };
  return {
    minutes,
    parts: [
      sweepPart('MP3', { ...over, base: pictureRun('mp3', short) }),
      sweepPart('MAE, heavy decoder', { ...over, base: pictureRun('mae', { ...short, ...HEAVY }) }),
      sweepPart('MAE, light decoder', { ...over, base: pictureRun('mae', { ...short, ...LIGHT }) }),
      sweepPart('With labels', {
        ...timed,
        base: pictureRun('supervised', short),
        axes: { 'optimiser.batch': [SIZE['optimiser.batch'] ?? 16] },
      }),
    ],
  };
}

const stepTime: FigureCard = {
  id: 'mp3-step-time',
  paper: 'mp3',
  title: 'What a step costs',
  source: 'Table 2',
  claim:
    'MP3 gets cheaper with the mask ratio in time and in memory, takes as long as MAE at 0.75, and runs at 0.3, where MAE is out of memory.',
  published: 'ViT-B, one A100: seconds an iteration, and its memory.',
  setup:
    'Median of a few steps of 16 pictures, 64 patches, width 96, depth 6; "seeds" are repetitions. Memory is the most that a run’s tensors hold during a step, weights and optimiser included, and on WebAssembly the block of the recorded step; attention maps are never kept whole. The paper’s is that of its GPU. MAE has a decoder two thirds as deep and wide as its encoder, as the paper’s, and one a sixth as deep.',
  charts: [
    {
      title: 'Milliseconds a step over the mask ratio',
      x: { label: 'Mask ratio' },
      y: { label: 'Milliseconds a step', unit: 'milliseconds' },
      lines: [
        ...linesOver('task.maskRatio', 'MP3', { MP3: { measure: 'stepTime' } }),
        ...linesOver('task.maskRatio', 'MAE, heavy decoder', { 'MAE, heavy decoder': { measure: 'stepTime' } }),
        ...linesOver('task.maskRatio', 'MAE, light decoder', { 'MAE, light decoder': { measure: 'stepTime' } }),
        { name: 'With labels', part: 'With labels', measure: 'stepTime' },
      ],
      published: [
        published('MP3', 's an iteration', [
          [0.3, 0.52],
          [0.5, 0.51],
          [0.75, 0.46],
          [0.9, 0.44],
        ]),
        published('MAE, heavy decoder', 's an iteration', [
          [0.5, 0.57],
          [0.75, 0.47],
          [0.9, 0.41],
        ]),
        { name: 'With labels', unit: 's an iteration', points: [{ value: 0.67 }] },
      ],
    },
    {
      title: 'Memory of a step over the mask ratio',
      x: { label: 'Mask ratio' },
      y: { label: 'MB a step', unit: 'megabytes' },
      lines: [
        ...linesOver('task.maskRatio', 'MP3', { 'MP3, memory': { measure: 'stepMemory' } }),
        ...linesOver('task.maskRatio', 'MAE, heavy decoder', { 'MAE, heavy decoder, memory': { measure: 'stepMemory' } }),
        ...linesOver('task.maskRatio', 'MAE, light decoder', { 'MAE, light decoder, memory': { measure: 'stepMemory' } }),
        { name: 'With labels, memory', part: 'With labels', measure: 'stepMemory' },
      ],
      published: [
        published('MP3, memory', 'GB', [
          [0.3, 30.0],
          [0.5, 27.4],
          [0.75, 24.2],
          [0.9, 22.3],
        ]),
        published('MAE, heavy decoder, memory', 'GB', [
          [0.5, 35.1],
          [0.75, 28.0],
          [0.9, 24.4],
        ]),
        { name: 'With labels, memory', unit: 'GB', points: [{ value: 33.5 }] },
      ],
    },
  ],
  rules: [
    { rule: 'decreases', line: 'MP3' },
    { rule: 'above', line: 'With labels', than: 'MP3' },
    { rule: 'above', line: 'MAE, heavy decoder', than: 'MP3', at: 0.3 },
    { rule: 'above', line: 'MP3', than: 'MAE, light decoder', at: 0.75 },
    { rule: 'decreases', line: 'MP3, memory' },
    { rule: 'above', line: 'With labels, memory', than: 'MP3, memory' },
    { rule: 'above', line: 'MAE, heavy decoder, memory', than: 'MP3, memory' },
  ],
  sizes: { quick: stepTimeForm(1, 12, [1]), careful: stepTimeForm(2, 24, SEEDS) },
};

const TRAINED = { open: 'Trained with all', masked: 'Trained at 0.75' } as const;

function testRatioForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const ratios = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
  const part = sweepPart(
    'MP3',
    {
      base: pictureRun('mp3', { 'model.depth': 4, 'optimiser.steps': steps }),
      axes: { 'task.maskRatio': [0, 0.75] },
      seeds,
      measures: ['scores'],
      testMaskRatios: ratios,
    },
    { testSamples: 500, wants: 'CIFAR-10' },
  );
  return { minutes, parts: [part] };
}

const testRatio: FigureCard = {
  id: 'mp3-test-mask-ratio',
  paper: 'mp3',
  title: 'Tested with more context, and less',
  source: 'Fig. 3',
  claim:
    'Trained with all patches as context it solves the puzzle almost perfectly and falls apart when context is taken away; trained at 0.75 it hardly minds.',
  published: 'ViT-B on ImageNet: "almost perfect" at 0. A figure without printed values.',
  setup: 'Two pretrainings a seed, 16 pieces; each is tested with fixed masks at ten ratios.',
  charts: [
    {
      title: 'Pieces placed right over the mask ratio of the test',
      x: { label: 'Mask ratio of the test' },
      y: { label: 'Position accuracy', unit: 'share' },
      lines: linesOver('testMaskRatio', 'MP3', {
        [TRAINED.open]: { measure: 'positionAccuracy', where: { 'task.maskRatio': 0 } },
        [TRAINED.masked]: { measure: 'positionAccuracy', where: { 'task.maskRatio': 0.75 } },
      }),
      published: [],
    },
  ],
  rules: [
    { rule: 'flatterThan', line: TRAINED.masked, than: TRAINED.open },
    { rule: 'crosses', line: TRAINED.masked, with: TRAINED.open, from: 0.3, to: 0.6 },
    { rule: 'decreases', line: TRAINED.open },
  ],
  sizes: { quick: testRatioForm(3, 400, [1]), careful: testRatioForm(8, 1000, SEEDS) },
};

const DEPTH = 4;

function localityForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const part = sweepPart(
    'MP3',
    {
      base: pictureRun('mp3', { 'model.depth': DEPTH, 'picture.patch': 4, 'optimiser.batch': 16, 'optimiser.steps': steps }),
      axes: { 'task.maskRatio': [0.75] },
      labels: fewLabels(40, 150),
      seeds,
      measures: ['finetune', 'locality'],
      baselines: ['scratch'],
    },
    { testSamples: 500, wants: 'CIFAR-10' },
  );
  return { minutes, parts: [part] };
}

const locality: FigureCard = {
  id: 'mp3-locality',
  paper: 'mp3',
  title: 'How far heads look',
  source: 'Fig. 8',
  claim:
    'MP3 has nearer and farther heads than supervised training in every layer, and fine-tuning changes its late layers most.',
  published: 'ViT-B on ImageNet: a figure without printed values.',
  setup:
    '64 patches, four blocks, mask ratio 0.75; the mean distance that a head looks over 100 test pictures, in patches of a side.',
  charts: [
    {
      title: 'Mean distance in each block',
      x: { label: 'Block' },
      y: { label: 'Patches', unit: 'number' },
      lines: linesOver('block', 'MP3', {
        'MP3 before fine-tuning': { measure: 'attentionBefore' },
        'MP3 fine-tuned': { measure: 'attentionAfter' },
        'From scratch': { measure: 'attentionAfter', baseline: 'scratch' },
      }),
      published: [],
    },
    {
      title: 'From the nearest head to the farthest, with labels',
      x: { label: 'Block' },
      y: { label: 'Patches', unit: 'number' },
      lines: linesOver('block', 'MP3', {
        'Heads of MP3': { measure: 'headSpread' },
        'Heads from scratch': { measure: 'headSpread', baseline: 'scratch' },
      }),
      published: [],
    },
    {
      title: 'What fine-tuning changes',
      y: { label: 'Patches', unit: 'number' },
      lines: [
        { name: 'Change of the first block', part: 'MP3', measure: scoreAt('attentionChange', 0) },
        { name: 'Change of the last block', part: 'MP3', measure: scoreAt('attentionChange', DEPTH - 1) },
      ],
      published: [],
    },
  ],
  rules: [
    { rule: 'above', line: 'Change of the last block', than: 'Change of the first block' },
    { rule: 'above', line: 'Heads of MP3', than: 'Heads from scratch' },
  ],
  sizes: { quick: localityForm(3, 200, [1]), careful: localityForm(6, 500, SEEDS) },
};

/** Frames of the paper's kind, every tenth one told its place: 98 of them, of which about five are told. */
function soundForm(minutes: number, steps: number, seeds: readonly number[]): CardForm {
  const base = applySettings(presetRun('mp3-speech-paper'), {
    'model.depth': 4,
    'optimiser.batch': 32,
    'optimiser.steps': steps,
  });
  const part = sweepPart('MP3', {
    base,
    axes: { 'optimiser.steps': [steps] },
    labels: fewLabels(20, 150),
    seeds,
    measures: ['scores', 'finetune'],
    baselines: ['scratch'],
  });
  return { minutes, parts: [part] };
}

const sound: FigureCard = {
  id: 'mp3-sound',
  paper: 'mp3',
  title: 'Sounds out of order',
  source: 'Section 4.3, table 6',
  claim: 'A few per cent of the frames of a spoken word find their place, and that is enough to make fine-tuning better.',
  published:
    'Google Speech Commands, 8 layers of width 32; positions are right to 4 % (top 5 11 %), where guessing has 1.0 and 5.1 %.',
  setup:
    'Built-in syllables; frames of 30 ms, every 10 ms, of which 5 % are told their place; four layers, where the paper has eight, and batches of 32, where it has 256. Guessing has 1.0 and 5 %.',
  charts: [
    {
      title: 'Frames placed right',
      y: { label: 'Share of frames', unit: 'share' },
      lines: [
        { name: 'Right place', part: 'MP3', measure: 'positionAccuracy' },
        { name: 'Among five', part: 'MP3', measure: 'positionTop5' },
      ],
      published: [
        { name: 'Right place', unit: '%', points: [{ value: 4 }] },
        { name: 'Among five', unit: '%', points: [{ value: 11 }] },
      ],
    },
    {
      title: 'Accuracy with labels',
      y: { label: 'Accuracy', unit: 'share' },
      lines: [
        { name: 'MP3, fine-tuned', part: 'MP3', measure: 'finetune' },
        { name: 'From scratch', part: 'MP3', measure: 'finetune', baseline: 'scratch' },
      ],
      published: [
        { name: 'MP3, fine-tuned', unit: '%', points: [{ value: 94.2 }] },
        { name: 'From scratch', unit: '%', points: [{ value: 91.9 }] },
      ],
    },
  ],
  rules: [
    { rule: 'within', line: 'Right place', low: 0.015, high: 1 },
    { rule: 'within', line: 'Among five', low: 0.07, high: 1 },
    { rule: 'above', line: 'MP3, fine-tuned', than: 'From scratch' },
  ],
  sizes: { quick: soundForm(3, 250, [1]), careful: soundForm(6, 500, SEEDS) },
};

export const MP3_MORE_CARDS: readonly FigureCard[] = [testRatio, stepTime, locality, sound];
