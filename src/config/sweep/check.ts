/** What keeps a sweep from being run, told before anything starts. */
import { checkRun } from '../check.ts';
import type { Settings, SettingValue } from '../field.ts';
import { fieldOn } from '../fieldOn.ts';
import { idleReason } from '../idle.ts';
import { titleOf } from '../inWords.ts';
import { formOf, MODALITY_NAMES, modalityFacts, modalityOf, gridOf as tokenGridOf } from '../modalities.ts';
import { factsOf, OBJECTIVE_FACTS, OBJECTIVE_NAMES, sectionsOf } from '../objectives.ts';
import { totalSteps } from '../phases.ts';
import { quote } from '../quote.ts';
import type { RunConfig } from '../run.ts';
import { checkSetting, fieldAt } from '../settings.ts';
import { labelledAt, pretrainingAt } from './points.ts';
import {
  BASELINE_LABELS,
  BASELINE_MEASURES,
  FINE_TUNING_MEASURES,
  gridOf,
  LABELS_PREFIX,
  labelMeasures,
  MEASURE_LABELS,
  type Sweep,
  type SweepAxis,
  settingOf,
  stageOf,
} from './sweep.ts';

/** Where in a sweep something is wrong. */
export interface SweepProblem {
  at: 'base' | 'axes' | 'seeds' | 'measures' | 'baselines' | 'checkpointsAt' | 'labels';
  message: string;
}

/** Pretrained places of all seeds together. */
export const MOST_POINTS = 500;

/** All that frozen features hang on among the settings of the run with labels. */
const READ_OUT: readonly string[] = ['supervised.labelsPerClass', 'supervised.pooling'];

/** Everything that is wrong with a sweep as it stands; empty when it can run on samples that fit it. */
export function checkSweep(sweep: Sweep): SweepProblem[] {
  const simple = [...axesProblems(sweep), ...listProblems(sweep), ...labelsProblems(sweep)];
  if (simple.length > 0) return simple;
  const unused = sweep.axes.flatMap((axis) => unusedProblem(sweep, axis) ?? []);
  return unused.length > 0 ? unused : pointProblems(sweep);
}

function axesProblems({ axes, seeds, checkpointsAt }: Sweep): SweepProblem[] {
  const problem = (message: string): SweepProblem => ({ at: 'axes', message });
  if (axes.length === 0) return [problem('A sweep needs a setting and its values: {"task.maskRatio": [0.25, 0.5, 0.75]}.')];
  if (axes.length > 2) return [problem(`A sweep is over one setting or two, not ${axes.length}: make several sweeps of it.`)];
  const [first, second] = axes;
  if (first?.path === second?.path) return [problem(`${quote(first?.path ?? '')} stands twice: give it one list of values.`)];
  const wrong = axes.flatMap((axis) => axisProblem(axis) ?? []);
  if (wrong.length > 0) return wrong.map(problem);
  const points = gridOf(axes).length * Math.max(1, seeds.length) * Math.max(1, checkpointsAt.length);
  if (points <= MOST_POINTS) return [];
  return [problem(`These are ${points} points, and a sweep has at most ${MOST_POINTS}: take fewer values or seeds.`)];
}

function axisProblem({ path, values }: SweepAxis): string | undefined {
  const setting = settingOf(path);
  const field = fieldAt(setting);
  if (field === undefined) return checkSetting(setting, undefined);
  if (setting === 'optimiser.seed')
    return 'Seeds have a list of their own: every value of a sweep is measured with each of them.';
  if (values.length === 0) return `${field.label} (${path}) has no values: give it two or more.`;
  const wrong = values.map((value) => checkSetting(setting, value)).find((message) => message !== undefined);
  if (wrong !== undefined) return wrong;
  const twice = twiceIn(values);
  return twice === undefined ? undefined : `${field.label} (${path}) has ${twice} twice among its values: leave one out.`;
}

function listProblems({ seeds, measures, baselines, checkpointsAt, ...sweep }: Sweep): SweepProblem[] {
  const problems: SweepProblem[] = [];
  const add = (at: SweepProblem['at'], message: string): void => void problems.push({ at, message });
  if (seeds.length === 0) add('seeds', 'A sweep needs a seed; three or more show how far results hang on chance.');
  const odd = seeds.find((seed) => checkSetting('optimiser.seed', seed) !== undefined);
  if (odd !== undefined) add('seeds', checkSetting('optimiser.seed', odd) ?? '');
  if (measures.length === 0)
    add('measures', 'Nothing is measured: choose at least one of own scores, probe, neighbours, fine-tuning, time and memory.');
  for (const baseline of baselines) {
    const wanted = BASELINE_MEASURES[baseline];
    if (wanted.some((measure) => measures.includes(measure))) continue;
    const names = wanted.map((measure) => MEASURE_LABELS[measure]).join(' or ');
    add('baselines', `"${BASELINE_LABELS[baseline]}" is measured by ${names}: ask for that too, or leave the baseline out.`);
  }
  const told = FINE_TUNING_MEASURES.find((measure) => measures.includes(measure));
  if (told !== undefined && !measures.includes('finetune'))
    add('measures', `"${MEASURE_LABELS[told]}" is told of fine-tuning: measure that too.`);
  const ratios = sweep.testMaskRatios ?? [];
  const off = ratios.map((ratio) => checkSetting('task.maskRatio', ratio)).find((message) => message !== undefined);
  if (off !== undefined) add('measures', off);
  if (ratios.length > 0 && !(measures.includes('scores') && factsOf(sweep.base).masks))
    add('measures', 'Mask ratios to test at are of own scores, and of an objective that masks.');
  const lists: Readonly<Partial<Record<SweepProblem['at'], readonly SettingValue[]>>> = {
    seeds,
    measures,
    baselines,
    checkpointsAt,
  };
  for (const [at, list] of Object.entries(lists) as [SweepProblem['at'], readonly SettingValue[]][]) {
    const twice = twiceIn(list);
    if (twice !== undefined) add(at, `${twice} stands twice among the ${NAMES[at] ?? at}: leave one out.`);
  }
  const far = checkpointsAt.find((step) => !(Number.isInteger(step) && step >= 1));
  if (far !== undefined) add('checkpointsAt', `A run is looked at after whole numbers of steps, from 1, not at ${far}.`);
  if (checkpointsAt.length > 0 && sweep.axes.some(({ path }) => path === 'optimiser.steps'))
    add(
      'checkpointsAt',
      'Either one run is looked at on its way, or there is a run for each length: leave checkpointsAt out, or Steps.',
    );
  return problems;
}

const NAMES: Readonly<Partial<Record<SweepProblem['at'], string>>> = { checkpointsAt: 'steps to look at' };

/** What is asked with labels has to be possible with them. */
function labelsProblems(sweep: Sweep): SweepProblem[] {
  const { base, labels } = sweep;
  const asked = labelMeasures(sweep);
  const wrong = Object.entries(labels).flatMap(([path, value]) => checkSetting(path, value) ?? []);
  if (wrong.length > 0) return wrong.map((message) => ({ at: 'labels', message }));
  if (asked.length === 0) return [];
  const names = asked.map((measure) => MEASURE_LABELS[measure]).join(', ');
  if (factsOf(base).labelled)
    return [{ at: 'measures', message: `${titleOf(base)} learns from labels already: measure its own scores, not ${names}.` }];
  if (factsOf(base).several)
    return [
      {
        at: 'measures',
        message: `What ${titleOf(base)} is worth with labels is a robustness study: measure its own scores here, not ${names}.`,
      },
    ];
  return [];
}

/** A setting that changes no number at any point. */
function unusedProblem(sweep: Sweep, axis: SweepAxis): SweepProblem | undefined {
  const message = stageOf(axis.path, sweep.base) === 'labels' ? unusedWithLabels(sweep, axis) : unusedBefore(sweep, axis);
  return message === undefined ? undefined : { at: 'axes', message };
}

function unusedBefore(sweep: Sweep, { path }: SweepAxis): string | undefined {
  const runs = gridOf(sweep.axes).map((at) => pretrainingAt(sweep, at, 0));
  const reasons = runs.map((run) => notUsed(run, path));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

function unusedWithLabels(sweep: Sweep, { path }: SweepAxis): string | undefined {
  const { base } = sweep;
  const setting = settingOf(path);
  const label = labelOf(setting, base);
  const asked = labelMeasures(sweep);
  if (asked.length === 0)
    return `${label} (${path}) decides what labels do, and nothing is measured with labels: add a linear probe, nearest neighbours or fine-tuning.`;
  if (!asked.includes('finetune') && !READ_OUT.includes(setting))
    return `${label} (${path}) matters to fine-tuning alone: add that to what is measured.`;
  if (isOfPretraining(setting, base))
    return `${label} is the pretrained model’s, or its task’s: leave "${LABELS_PREFIX}" out of ${path}.`;
  const reasons = gridOf(sweep.axes).map((at) => notUsed(labelledAt(sweep, at, 0), setting));
  return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined;
}

/** What the run with labels takes over as it is. */
function isOfPretraining(setting: string, base: RunConfig): boolean {
  const [section = ''] = setting.split('.');
  if (section === 'optimiser' || section === 'supervised' || setting === 'model.dropPath') return false;
  const isSample = (MODALITY_NAMES as readonly string[]).includes(section);
  return !isSample || modalityFacts(base).cutBy.includes(setting);
}

/** Why a setting does nothing in a run; undefined when it does something. */
function notUsed(run: RunConfig, path: string): string | undefined {
  const [section = ''] = path.split('.');
  const label = labelOf(path, run);
  const objective = OBJECTIVE_NAMES.find((name) => name === section);
  if (objective !== undefined && !sectionsOf(run.task.objective).includes(objective))
    return `${label} (${path}) is a setting of ${OBJECTIVE_FACTS[objective].title}, and ${titleOf(run)} does not use it.`;
  const modality = MODALITY_NAMES.find((name) => name === section);
  const isMember = modalityFacts(run).members !== undefined;
  if (modality !== undefined && modality !== modalityOf(run) && !isMember)
    return `${label} (${path}) is of other samples: this run learns from ${modalityFacts(run).words.samples}.`;
  const reason = idleReason(run, path);
  return reason === undefined ? undefined : `${label} (${path}) would change nothing here: ${reason}.`;
}

/** The first rule that each run breaks, with the place where. */
function pointProblems(sweep: Sweep): SweepProblem[] {
  const labelled = labelMeasures(sweep).length > 0;
  const last = Math.max(0, ...sweep.checkpointsAt);
  return gridOf(sweep.axes).flatMap((at): SweepProblem[] => {
    const pretraining = pretrainingAt(sweep, at, sweep.seeds[0] ?? 0);
    const [broken] = checkRun(pretraining);
    if (broken !== undefined) return [{ at: 'axes', message: `${sayPlace(at, sweep.base)}: ${broken.message}` }];
    const steps = totalSteps(pretraining);
    if (last > steps)
      return [
        { at: 'checkpointsAt', message: `${sayPlace(at, sweep.base)}: the run has ${steps} steps, and none is number ${last}.` },
      ];
    if (!labelled) return [];
    const run = labelledAt(sweep, at, sweep.seeds[0] ?? 0);
    const [after] = checkRun(run);
    if (after !== undefined) return [{ at: 'labels', message: `${sayPlace(at, sweep.base)}, with labels: ${after.message}` }];
    if (sameTokens(pretraining, run)) return [];
    return [
      {
        at: 'labels',
        message: `${sayPlace(at, sweep.base)}: the run with labels would cut samples otherwise than pretraining did.`,
      },
    ];
  });
}

function sameTokens(a: RunConfig, b: RunConfig): boolean {
  return JSON.stringify([tokenGridOf(a), formOf(a)]) === JSON.stringify([tokenGridOf(b), formOf(b)]);
}

/** "Mask ratio 0.95, Depth 2". */
export function sayPlace(at: Settings, base: RunConfig): string {
  return Object.entries(at)
    .map(([path, value]) => `${labelOf(settingOf(path), base)} ${value}`)
    .join(', ');
}

function labelOf(path: string, run: RunConfig): string {
  return fieldOn(path, run)?.label ?? path;
}

function twiceIn<T>(values: readonly T[]): T | undefined {
  return values.find((value, i) => values.indexOf(value) !== i);
}
