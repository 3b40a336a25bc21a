/** SimMIM: mask tokens inside the encoder, as in BERT; paint what was masked (methods 2.2). */
import { gridSide, type Problem } from '../counts.ts';
import { choice, type FieldTable, type Values } from '../field.ts';
import type { CoreConfig } from '../sections.ts';
import type { ObjectiveFacts } from './facts.ts';
import { hasWaves, removesSome } from './rules.ts';

const fields = {
  maskUnit: choice({
    label: 'Mask unit',
    help: 'Side of the squares that are masked as one, in patches: larger ones cannot be painted from their neighbours alone.',
    options: [1, 2, 4].map((value) => ({ value, label: `${value} x ${value} patches` })),
    default: 2,
  }),
} as const satisfies FieldTable;

type Config = CoreConfig & { simmim: Values<typeof fields> };

export const simmim = {
  title: 'SimMIM',
  task: 'paint what was masked',
  fields,
  start: { 'task.maskRatio': 0.6, 'model.patch': 4, 'optimiser.learningRate': 0.001, 'optimiser.warmup': 100 },
  metrics: { step: [], evaluation: ['absoluteError', 'maskedVariance'], explorer: 'absoluteError' },
  rules: [removesSome, hasWaves, unitFits, keepsUnit],
  masks: true,
  encoder: { readOut: () => 'mean', norm: () => 'pre', positions: () => 'sincos' },
} as const satisfies ObjectiveFacts<Config>;

function unitFits(config: Config): Problem | undefined {
  const side = gridSide(config);
  const { maskUnit } = config.simmim;
  if (side % maskUnit === 0 && side > maskUnit) return undefined;
  return {
    path: 'simmim.maskUnit',
    others: ['model.patch', 'data.size'],
    message: `Mask units of ${maskUnit} x ${maskUnit} do not cut a grid of ${side} x ${side} patches into two or more whole ones.`,
  };
}

function keepsUnit(config: Config): Problem | undefined {
  const { maskUnit } = config.simmim;
  const units = (gridSide(config) / maskUnit) ** 2;
  if (Math.ceil(config.task.maskRatio * units - 1e-9) < units) return undefined;
  return {
    path: 'task.maskRatio',
    others: ['simmim.maskUnit', 'model.patch', 'data.size'],
    message: `Mask ratio ${config.task.maskRatio} masks all ${units} units of ${maskUnit} x ${maskUnit} patches. Lower it, or take smaller units.`,
  };
}
