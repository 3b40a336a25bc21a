/** From what is chosen on the page to a sweep, and back. */
import { fieldOn } from '../../config/fieldOn.ts';
import type { RunConfig } from '../../config/run.ts';
import { SETTING_PATHS, withSetting } from '../../config/settings.ts';
import { checkSweep } from '../../config/sweep/check.ts';
import { isLabelMeasure, LABELS_PREFIX, type Sweep, type SweepAxis, stageOf } from '../../config/sweep/sweep.ts';
import { cutRange, readAxis } from '../../config/sweep/values.ts';
import type { SweepChoice } from '../store/sweep.ts';

export const FIRST_SWEEP: SweepChoice = {
  path: 'task.maskRatio',
  values: '0, 0.25, 0.5, 0.75',
  secondPath: '',
  secondValues: '',
  seeds: 1,
  measures: ['scores', 'linear'],
  baselines: ['random'],
  steps: 300,
  looks: '',
  labelsPerClass: 20,
  labelSteps: 200,
};

/** The run that every point changes: the settings of the first page, as long as the form says. */
function baseOf({ steps, path, secondPath }: SweepChoice, run: RunConfig): RunConfig {
  if ([path, secondPath].includes('optimiser.steps')) return run;
  const warmup = Math.min(run.optimiser.warmup, Math.floor(steps / 10));
  return { ...withSetting(run, 'optimiser.steps', steps), optimiser: { ...run.optimiser, steps, warmup } };
}

export function sweepOf(choice: SweepChoice, run: RunConfig): Sweep {
  const { path, values, secondPath, secondValues, seeds, measures, baselines, looks, labelsPerClass, labelSteps } = choice;
  const axes = [axisOf(path, values), ...(secondPath === '' ? [] : [axisOf(secondPath, secondValues)])];
  const swept = axes.map((axis) => axis.path);
  const labels = {
    'supervised.labelsPerClass': labelsPerClass,
    'optimiser.steps': labelSteps,
    'optimiser.warmup': Math.floor(labelSteps / 10),
  };
  const own = Object.entries(labels).filter(([name]) => !swept.includes(name) && !swept.includes(`${LABELS_PREFIX}${name}`));
  const asksLabels = measures.some(isLabelMeasure);
  return {
    base: baseOf(choice, run),
    labels: asksLabels ? Object.fromEntries(own) : {},
    axes,
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    measures,
    baselines,
    checkpointsAt: partsOf(looks).map(Number),
    onePretraining: false,
  };
}

/** Values stand between commas. */
function axisOf(path: string, values: string): SweepAxis {
  return readAxis(path, partsOf(values));
}

function partsOf(typed: string): string[] {
  const texts = typed.split(',').map((text) => text.trim());
  return texts.filter((text) => text !== '');
}

/** What the form would say of a sweep, such as one that a link holds. */
export function choiceOf({ base, labels, axes, seeds, measures, baselines, checkpointsAt }: Sweep): SweepChoice {
  const [first, second] = axes;
  const numberOf = (path: string, otherwise: number): number => {
    const value = labels[path];
    return typeof value === 'number' ? value : otherwise;
  };
  return {
    path: first?.path ?? FIRST_SWEEP.path,
    values: (first?.values ?? []).join(', '),
    secondPath: second?.path ?? '',
    secondValues: (second?.values ?? []).join(', '),
    seeds: seeds.length,
    measures,
    baselines,
    steps: base.optimiser.steps,
    looks: checkpointsAt.join(', '),
    labelsPerClass: numberOf('supervised.labelsPerClass', FIRST_SWEEP.labelsPerClass),
    labelSteps: numberOf('optimiser.steps', FIRST_SWEEP.labelSteps),
  };
}

export interface SweptSetting {
  path: string;
  label: string;
}

/** Settings that a sweep over the run may go over: those that change a number, and those of the run with labels. */
export function sweptSettings(choice: SweepChoice, run: RunConfig): SweptSetting[] {
  const paths = [...SETTING_PATHS, `${LABELS_PREFIX}optimiser.steps`, `${LABELS_PREFIX}optimiser.learningRate`];
  return paths.flatMap((path) => {
    const values = cutRange(path, run).slice(0, 1);
    if (values.length === 0) return [];
    const asked: SweepChoice = {
      ...choice,
      path,
      values: String(values[0]),
      secondPath: '',
      looks: '',
      measures: ['scores', 'linear', 'finetune'],
    };
    const sweep = { ...sweepOf(asked, run), axes: [{ path, values: [values[0] ?? 0] }], baselines: [] };
    const labelled = stageOf(path, run) === 'labels';
    const tried = labelled ? sweep : { ...sweep, measures: ['scores' as const], labels: {} };
    const useless = checkSweep(tried).some(({ at, message }) => at === 'axes' && !isOfRules(message));
    const field = fieldOn(path.replace(LABELS_PREFIX, ''), run);
    if (useless || field === undefined) return [];
    return [{ path, label: path.startsWith(LABELS_PREFIX) ? `${field.label} of fine-tuning` : field.label }];
  });
}

/** A value that breaks a rule at its place is another matter than a setting that does nothing. */
function isOfRules(message: string): boolean {
  return !/would change nothing|does not use it|of other samples|list of their own|leave "/.test(message);
}

/** A range cut for somebody who has just chosen the setting: values that can run. */
export function suggestValues(path: string, choice: SweepChoice, run: RunConfig): string {
  const values = cutRange(path, run).filter((value) => {
    const sweep = sweepOf({ ...choice, path, values: String(value), secondPath: '', baselines: [] }, run);
    return checkSweep({ ...sweep, measures: sweep.measures.length === 0 ? ['scores'] : sweep.measures }).length === 0;
  });
  return values.join(', ');
}
