/** SimMIM: mask tokens inside the encoder, as in BERT; paint what was masked (methods 2.2). */
import { choice, type FieldTable, type Values } from '../field.ts';
import { cellCount, type Grid, gridText } from '../modalities/tokens.ts';
import { gridOf, modalityFacts } from '../modalities.ts';
import type { Problem } from '../problem.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves, removesSome } from './rules.ts';
import { WORD_METRICS } from './wordMetrics.ts';

const fields = {
  maskUnit: choice({
    label: 'Mask unit',
    help: 'Side of the squares, or length of the spans on a line, that are masked as one, in patches: larger ones cannot be painted from their neighbours alone.',
    options: [1, 2, 4].map((value) => ({ value, label: `${value} a side` })),
    default: 2,
  }),
  corrupt: choice({
    label: 'Masked words',
    help: 'What stands in place of a masked word: the mask alone, or, as in BERT, the word itself in one of ten and another word in one of ten.',
    options: [
      { value: 'mask', label: 'all masked' },
      { value: '80/10/10', label: '80 % mask, 10 % word, 10 % another', short: '80 / 10 / 10' },
    ],
    default: 'mask',
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { simmim: Values<typeof fields> };

export const simmim = {
  title: 'SimMIM',
  task: 'paint what was masked',
  fields,
  start: { 'task.maskRatio': 0.6, 'picture.patch': 4, 'optimiser.learningRate': 0.001, 'optimiser.warmup': 100 },
  startOn: {
    sound: { 'sound.tokens': 'running' },
    text: { 'task.maskRatio': 0.3, 'simmim.maskUnit': 1, 'optimiser.learningRate': 0.002, 'optimiser.batch': 32 },
  },
  on: { text: { title: 'BERT (masked words)', task: 'guess what was masked', metrics: WORD_METRICS } },
  metrics: { step: [], evaluation: ['absoluteError', 'maskedVariance'], explorer: 'absoluteError' },
  rules: [removesSome, hasWaves, unitFits, keepsUnit],
  idle: {
    'simmim.maskUnit': (config: Config) => (modalityFacts(config).ids ? 'words are masked one by one' : undefined),
    'simmim.corrupt': (config: Config) => (modalityFacts(config).ids ? undefined : 'only for texts'),
  },
  masks: true,
  encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function unitFits(config: Config): Problem | undefined {
  if (modalityFacts(config).ids) return undefined;
  const grid = gridOf(config);
  const { maskUnit } = config.simmim;
  if (grid.every((side) => side % maskUnit === 0 && side > maskUnit)) return undefined;
  return {
    path: 'simmim.maskUnit',
    others: modalityFacts(config).cutBy,
    message: `Mask units of ${unitText(grid, maskUnit)} do not cut a grid of ${gridText(grid)} patches into two or more whole ones.`,
  };
}

function keepsUnit(config: Config): Problem | undefined {
  const grid = gridOf(config);
  const maskUnit = modalityFacts(config).ids ? 1 : config.simmim.maskUnit;
  const units = cellCount(grid) / maskUnit ** grid.length;
  if (Math.ceil(config.task.maskRatio * units - 1e-9) < units) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['simmim.maskUnit', ...modalityFacts(config).cutBy],
    message: `Mask ratio ${config.task.maskRatio} masks all ${units} units of ${unitText(grid, maskUnit)} patches. Lower it, or take smaller units.`,
  };
}

/** "2 x 2" on a grid, "2" on a line. */
function unitText(grid: Grid, unit: number): string {
  return gridText(grid.map(() => unit));
}
