/** What cards of MAE share: read out by a linear probe and fine-tuned, beside the same from nothing. */
import type { Settings, SettingValue } from '../field.ts';
import type { SweepBaseline } from '../sweep/sweep.ts';
import type { CardChart, CardForm, CardLine } from './card.ts';
import { fewLabels, linesOver, pictureRun, sweepPart } from './parts.ts';

export const MAE_SCALE = 'ViT-L, 800 epochs of ImageNet-1k, tested on its validation set';

/** Both forms of a card differ in how often and how long, not in what is asked. */
interface Form {
  minutes: number;
  steps: number;
  seeds: readonly number[];
  axes: Readonly<Record<string, readonly SettingValue[]>>;
  settings?: Settings;
  labels?: Settings;
  /** Both, unless another part has them. */
  baselines?: readonly SweepBaseline[];
  /** Whether the time of a step is told as well. */
  timed?: boolean;
}

export function probedAndTuned(
  { minutes, steps, seeds, axes, settings = {}, labels = {}, baselines = ['scratch', 'random'], timed = false }: Form,
  part = 'MAE',
): CardForm {
  return {
    minutes,
    parts: [
      sweepPart(
        part,
        {
          base: pictureRun('mae', { 'optimiser.steps': steps, 'optimiser.warmup': 50, 'optimiser.batch': 16, ...settings }),
          axes,
          labels: { ...fewLabels(40, 80), ...labels },
          seeds,
          measures: ['linear', 'finetune', ...(timed ? (['stepTime'] as const) : [])],
          baselines,
        },
        { wants: 'CIFAR-10' },
      ),
    ],
  };
}

/** The four lines of it over one axis. */
export function probedAndTunedChart(x: string, label: string, publishedLines: CardChart['published']): CardChart {
  return {
    title: `Accuracy over the ${label.toLowerCase()}`,
    x: { label },
    y: { label: 'Accuracy', unit: 'share' },
    lines: linesOver(x, 'MAE', {
      'Fine-tuned': { measure: 'finetune' },
      'Linear probe': { measure: 'linear' },
      'From scratch': { measure: 'finetune', baseline: 'scratch' },
      'Random, frozen': { measure: 'linear', baseline: 'random' },
    }),
    published: publishedLines,
  };
}

/** A level for each case by its name, first fine-tuned and then read out, with the same from nothing between them. */
export function probedAndTunedCases(cases: Readonly<Record<string, Pick<CardLine, 'where'> & { part?: string }>>): CardLine[] {
  const levels = (how: string, measure: string): CardLine[] =>
    Object.entries(cases).map(([name, one]) => ({ name: `${name}, ${how}`, part: 'MAE', measure, ...one }));
  return [
    ...levels('fine-tuned', 'finetune'),
    { name: 'From scratch', part: 'MAE', measure: 'finetune', baseline: 'scratch' },
    ...levels('probe', 'linear'),
  ];
}

/** The same for each value of a setting, and what an encoder that learned nothing is worth. */
export function probedAndTunedLevels(path: string, values: Readonly<Record<string, SettingValue>>): CardLine[] {
  const cases = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { where: { [path]: value } }]));
  return [...probedAndTunedCases(cases), { name: 'Random, frozen', part: 'MAE', measure: 'linear', baseline: 'random' }];
}
