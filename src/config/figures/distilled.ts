/** What cards of self-distillation share: a start on drawn faces, further pretraining, a student that starts over, few labels. */
import type { Settings, SettingValue } from '../field.ts';
import type { SweepBaseline } from '../sweep/sweep.ts';
import type { CardPart } from './card.ts';
import { fewLabels, pictureRun, SEEDS, sweepPart } from './parts.ts';

export const SCALE = 'ViT-B pretrained on ImageNet, 20,000 steps further; averages of five seeds';
export const SETUP =
  'MAE, 16 patches: pretrained on drawn faces, further on the samples to be classified, without labels; then few labels of these.';
export const VARIANT = 'selfDistillation.variant';

/** Steps of the start, on faces, and of each phase after it. */
export interface Lengths {
  pretrain: number;
  further: number;
  seeds: readonly number[];
}

export const QUICK: Lengths = { pretrain: 300, further: 150, seeds: [1] };
export const CAREFUL: Lengths = { pretrain: 800, further: 400, seeds: SEEDS };
/** Of cards that need many runs, each with a start of its own. */
export const SHORT: Lengths = { pretrain: 400, further: 200, seeds: SEEDS };

export interface Words {
  axes: Readonly<Record<string, readonly SettingValue[]>>;
  settings?: Settings;
  labels?: Settings;
  /** Ends of phases at which the run is looked at: 0 of pretraining, 1 of further pretraining, 2 of the first round. */
  phases?: readonly number[];
  scores?: boolean;
  baselines?: readonly SweepBaseline[];
}

export function part(name: string, { pretrain, further, seeds }: Lengths, words: Words): CardPart {
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
      measures: ['finetune', ...(scores ? (['scores', 'fit'] as const) : [])],
      baselines,
      checkpointsAt: phases.map((phase) => pretrain + phase * further),
    },
    { wants: 'CIFAR-10' },
  );
}

/** Looked at as it starts from faces, when it was pretrained further, and after a round of self-distillation. */
export const THREE = [0, 1, 2] as const;
export const LABELS = 'supervised.labelsPerClass';
