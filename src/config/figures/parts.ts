/** Shorthand for parts of cards. */
import type { Settings, SettingValue } from '../field.ts';
import type { ObjectiveName } from '../objectives.ts';
import { withObjective } from '../presets.ts';
import { defaultRun, type RunConfig } from '../run.ts';
import { applySettings } from '../settings.ts';
import type { Sweep } from '../sweep/sweep.ts';
import type { SweepPart } from './card.ts';

/** A small model, which two cores train in seconds. */
const MODEL: Settings = { 'model.width': 64, 'model.depth': 2, 'model.heads': 4 };

/** An objective on built-in pictures, with a small model. */
export function pictureRun(objective: ObjectiveName, settings: Settings = {}): RunConfig {
  return applySettings(withObjective(defaultRun(), objective), { ...MODEL, ...settings });
}

interface SweepWords extends Partial<Omit<Sweep, 'axes' | 'labels'>> {
  base: RunConfig;
  axes: Readonly<Record<string, readonly SettingValue[]>>;
  labels?: Settings;
}

/** A sweep, with nothing but what its card says. */
export function sweepPart(
  name: string,
  { axes, ...sweep }: SweepWords,
  { testSamples = 500, wants }: { testSamples?: number; wants?: SweepPart['wants'] } = {},
): SweepPart {
  return {
    kind: 'sweep',
    name,
    testSamples,
    ...(wants && { wants }),
    sweep: {
      labels: {},
      seeds: [1],
      measures: [],
      baselines: [],
      checkpointsAt: [],
      onePretraining: false,
      ...sweep,
      axes: Object.entries(axes).map(([path, values]) => ({ path, values })),
    },
  };
}
