/** A sweep unfolded: what has to be trained and measured, and what of it is the same work. */
import type { Settings } from '../field.ts';
import { fineTuneConfig } from '../fineTune.ts';
import { switchObjective } from '../presets.ts';
import { takeSettings } from '../readConfig.ts';
import { RESULTS_VERSION } from '../resultsVersion.ts';
import type { RunConfig } from '../run.ts';
import { getSetting, withSetting } from '../settings.ts';
import {
  BASELINE_MEASURES,
  FINE_TUNING_MEASURES,
  gridOf,
  labelMeasures,
  type Sweep,
  type SweepBaseline,
  type SweepMeasure,
  settingOf,
  stageOf,
} from './sweep.ts';

const OBJECTIVE = 'task.objective';

/** One measured place of a sweep, with one seed. */
export interface SweepPoint {
  /** Values by the axes' paths, or the member of ensembles that it is. A baseline has those that decide its numbers, often none: then it is a level, without an x. */
  at: Settings;
  baseline?: SweepBaseline;
  /** Of pretraining, where it is looked at on its way. */
  step?: number;
  seed: number;
  /** Absent for baselines. Equal ones are trained once. */
  pretraining?: RunConfig;
  /** Absent where nothing is measured with labels. */
  withLabels?: RunConfig;
  measures: readonly SweepMeasure[];
  /** Where own scores are told beside the ratio of training. */
  testMaskRatios?: readonly number[];
  /** Whether what is fine-tuned tells its answers to the test samples (`SweepResult.answers`). */
  answers?: boolean;
}

/**
 * Every point of every seed, one seed after the other so that a chart grows whole, baselines first within each. Nothing is checked: see
 * `checkSweep`.
 */
export function sweepPoints(sweep: Sweep): SweepPoint[] {
  return sweep.seeds.flatMap((seed) => [...baselinePoints(sweep, seed), ...pretrainedPoints(sweep, seed)]);
}

function pretrainedPoints(sweep: Sweep, seed: number): SweepPoint[] {
  const steps = sweep.checkpointsAt.length === 0 ? [undefined] : sweep.checkpointsAt;
  return gridOf(sweep.axes).flatMap((at) => {
    const pretraining = pretrainingAt(sweep, at, seed);
    const labelled = labelMeasures(sweep).length > 0 ? { withLabels: labelledAt(sweep, at, seed) } : {};
    return steps.map((step) => ({
      at,
      ...(step !== undefined && { step }),
      seed,
      pretraining,
      ...labelled,
      measures: sweep.measures,
      ...(sweep.testMaskRatios && { testMaskRatios: sweep.testMaskRatios }),
    }));
  });
}

function baselinePoints(sweep: Sweep, seed: number): SweepPoint[] {
  // An axis of one value tells no points apart, and yet its value holds for the baseline too.
  const [first = {}] = gridOf(sweep.axes);
  return sweep.baselines.flatMap((baseline) => {
    const measures = baselineMeasures(sweep, baseline);
    const axes = sweep.axes.filter(({ path }) => decides(sweep, path, seed));
    return gridOf(axes).map((at) => {
      const withLabels = labelledAt(sweep, { ...first, ...at }, seed);
      return { at, baseline, seed, withLabels, measures };
    });
  });
}

function baselineMeasures({ measures }: Sweep, baseline: SweepBaseline): SweepMeasure[] {
  const own: readonly SweepMeasure[] = BASELINE_MEASURES[baseline];
  const told = own.includes('finetune') && measures.includes('finetune') ? FINE_TUNING_MEASURES : [];
  return [...own, ...told].filter((measure) => measures.includes(measure));
}

/** Whether an axis changes the run with labels, and so what has no pretraining. */
function decides(sweep: Sweep, path: string, seed: number): boolean {
  const cells = gridOf(sweep.axes);
  const others = sweep.axes.filter((axis) => axis.path !== path).map((axis) => axis.path);
  const known = new Map<string, string>();
  return cells.some((at) => {
    const rest = canonical(others.map((other) => at[other]));
    const run = canonical(labelledAt(sweep, at, seed));
    const before = known.get(rest);
    known.set(rest, run);
    return before !== undefined && before !== run;
  });
}

/** The run that pretrains at a place of the grid. */
export function pretrainingAt({ base, onePretraining, ...sweep }: Sweep, at: Settings, seed: number): RunConfig {
  const own = Object.entries(at).filter(([path]) => stageOf(path, base) === 'pretraining');
  const objective = at[OBJECTIVE];
  const start = objective === undefined ? base : withOtherObjective(base, objective as RunConfig['task']['objective']);
  const { config } = takeSettings(
    start,
    own.filter(([path]) => path !== OBJECTIVE),
  );
  return onePretraining || sweep.seeds.length === 0 ? config : withSetting(config, 'optimiser.seed', seed);
}

/** What the other objective starts with, as long as the base's run and in its batches. */
function withOtherObjective(base: RunConfig, objective: RunConfig['task']['objective']): RunConfig {
  if (objective === base.task.objective) return base;
  const other = switchObjective(base, objective);
  return ['optimiser.steps', 'optimiser.batch'].reduce((run, path) => withSetting(run, path, getSetting(base, path)), other);
}

/** The run with labels at a place of the grid; from scratch it is the same without the weights. */
export function labelledAt(sweep: Sweep, at: Settings, seed: number): RunConfig {
  const own = Object.entries(at).filter(([path]) => stageOf(path, sweep.base) === 'labels');
  const settings: Settings = { ...sweep.labels, ...Object.fromEntries(own.map(([path, value]) => [settingOf(path), value])) };
  const train = settings['supervised.train'] as RunConfig['supervised']['train'] | undefined;
  const start = fineTuneConfig(pretrainingAt(sweep, at, seed), train === undefined ? {} : { train });
  const { config } = takeSettings(start, Object.entries(settings));
  return withSetting(config, 'optimiser.seed', seed);
}

/** Names a pretraining by all that decides its numbers, samples of the visitor's own apart. */
export function pretrainingKey({ pretraining }: Pick<SweepPoint, 'pretraining'>): string {
  return canonical([RESULTS_VERSION, pretraining ?? null]);
}

/** Names a point likewise: an equal one of another sweep, or of an earlier start, is the same work. */
export function pointKey({
  pretraining,
  withLabels,
  measures,
  step,
  baseline,
  seed,
  testMaskRatios,
  answers,
}: SweepPoint): string {
  const parts = [RESULTS_VERSION, pretraining ?? null, withLabels ?? null, measures, step ?? null, baseline ?? null, seed];
  return canonical([...parts, ...(testMaskRatios === undefined ? [] : [testMaskRatios]), ...(answers ? ['answers'] : [])]);
}

/** JSON whose keys are in order: equal things have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
