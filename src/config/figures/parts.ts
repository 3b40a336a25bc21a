/** Shorthand for parts of cards. */
import type { Settings, SettingValue } from '../field.ts';
import type { ObjectiveName } from '../objectives.ts';
import { withObjective } from '../presets.ts';
import { defaultRun, type RunConfig } from '../run.ts';
import { applySettings } from '../settings.ts';
import type { Sweep } from '../sweep/sweep.ts';
import type { CardLine, PublishedLine, SweepPart } from './card.ts';

/** A small model, which two cores train in seconds. */
const MODEL: Settings = { 'model.width': 64, 'model.depth': 2, 'model.heads': 4 };

/** An objective on built-in pictures, with a small model. */
export function pictureRun(objective: ObjectiveName, settings: Settings = {}): RunConfig {
  return applySettings(withObjective(defaultRun(), objective), { ...MODEL, ...settings });
}

/** Of careful forms; quick ones have the first. */
export const SEEDS = [1, 2, 3] as const;

/** What labels are used for where a card does not say otherwise: few of them, for so many steps. */
export function fewLabels(labelsPerClass: number, steps: number): Settings {
  return { 'supervised.labelsPerClass': labelsPerClass, 'optimiser.steps': steps, 'optimiser.batch': 32 };
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
  { testSamples = 1000, wants }: { testSamples?: number; wants?: SweepPart['wants'] } = {},
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

/** Lines of one part over one axis, by their names. */
export function linesOver(
  x: string,
  part: string,
  lines: Readonly<Record<string, Pick<CardLine, 'measure'> & Partial<CardLine>>>,
): CardLine[] {
  return Object.entries(lines).map(([name, line]) => ({ name, part, x, ...line }));
}

/** A line that a paper prints: x, value, x, value. */
export function published(name: string, unit: string, points: readonly (readonly [number | string, number])[]): PublishedLine {
  return { name, unit, points: points.map(([x, value]) => ({ x, value })) };
}

/** Numbers that a paper prints side by side, each a line of its own. */
export function publishedLevels(unit: string, levels: Readonly<Record<string, number>>): PublishedLine[] {
  return Object.entries(levels).map(([name, value]) => ({ name, unit, points: [{ value }] }));
}
