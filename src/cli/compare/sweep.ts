/** Sweeps of a list of experiments: each unfolds into an experiment a point, with a name and so a key of its own. */
import { BadSettingError, messageOf } from '../../base/errors.ts';
import type { Settings, SettingValue } from '../../config/field.ts';
import type { RunConfig } from '../../config/run.ts';
import { getSetting, SETTING_PATHS } from '../../config/settings.ts';
import { checkSweep } from '../../config/sweep/check.ts';
import { type SweepPoint, sweepPoints } from '../../config/sweep/points.ts';
import { type Sweep, type SweepMeasure, stageOf } from '../../config/sweep/sweep.ts';
import { readAxis } from '../../config/sweep/values.ts';
import { type ProtocolName, protocolOf } from '../protocols.ts';
import { type Experiment, unitsOf } from './experiments.ts';
import { encoderRun } from './pretraining.ts';

export const SEED = 'optimiser.seed';
export const LABELS = 'supervised.labelsPerClass';

/** @throws BadSettingError with everything that is wrong with its sweeps */
export function unfoldSweeps(experiments: readonly Experiment[]): Experiment[] {
  const problems: string[] = [];
  const all = experiments.flatMap((experiment) => {
    if (experiment.sweep === undefined) return [experiment];
    try {
      return unfold(experiment);
    } catch (error) {
      problems.push(`${experiment.name}: ${messageOf(error)}`);
      return [];
    }
  });
  if (problems.length > 0) throw new BadSettingError(problems.join('\n'));
  return all;
}

function unfold(experiment: Experiment): Experiment[] {
  const sweep = sweepOf(experiment);
  const problems = checkSweep(sweep);
  if (problems.length > 0) throw new BadSettingError(problems.map(({ message }) => message).join('\n'));
  const [seed = 1] = sweep.seeds;
  return sweepPoints({ ...sweep, seeds: [seed] }).map((point) => asExperiment(experiment, sweep, point));
}

/** @throws BadSettingError when its base cannot run, or cannot be swept over */
function sweepOf(experiment: Experiment): Sweep {
  const {
    name,
    pretrain,
    sweep = {},
    protocols,
    measures,
    seeds,
    baselines,
    checkpointsAt,
    testMaskRatios,
    finetune,
    labelsPerClass,
  } = experiment;
  const [unit] = unitsOf([experiment]);
  const base = unit && encoderRun(unit);
  if (pretrain === null || base === undefined)
    throw new BadSettingError(
      `${name} sweeps over nothing that is pretrained: give it "pretrain"; {"objective": "supervised"} sweeps training with labels.`,
    );
  const axes = Object.entries(sweep).map(([path, values]) => readAxis(path, values));
  const own = axes.find(({ path }) => stageOf(path, base) === 'pretraining');
  if ('from' in pretrain && (own !== undefined || checkpointsAt.length > 0))
    throw new BadSettingError(
      `${own?.path ?? '"checkpointsAt"'} is about pretraining, and ${pretrain.from} is trained already: sweep over settings for labels, or pretrain here.`,
    );
  if (axes.some(({ path }) => path === LABELS) && labelsPerClass.some((size) => size !== 0))
    throw new BadSettingError(`${LABELS} is swept over: leave "labelsPerClass" out.`);
  return {
    base,
    labels: finetune.settings,
    axes,
    seeds,
    measures: [...measures, ...new Set(protocols.map(measureOf))],
    baselines,
    checkpointsAt,
    ...(testMaskRatios && { testMaskRatios }),
    onePretraining: 'from' in pretrain || pretrain.eachSeed === false,
  };
}

function measureOf(name: ProtocolName): SweepMeasure {
  return protocolOf(name).protocol;
}

/** A point as an experiment whose settings are all written out: what it was unfolded from decides nothing any more. */
function asExperiment(experiment: Experiment, sweep: Sweep, point: SweepPoint): Experiment {
  const { name, protocols, checkpointsAt } = experiment;
  const { at, baseline, step } = point;
  const said = [
    ...Object.entries(at).map(([path, value]) => `${path}=${value}`),
    ...(step === undefined ? [] : [`step=${step}`]),
  ];
  const label = [...(baseline === undefined ? [] : [baseline]), ...said].join(', ');
  const place = { of: name, at, ...(baseline !== undefined && { baseline }), ...(step !== undefined && { step }) };
  const size = sweep.axes.some(({ path }) => path === LABELS) ? point.withLabels?.supervised.labelsPerClass : undefined;
  const shared = {
    ...experiment,
    name: `${name}: ${label}`,
    sweep: undefined,
    baselines: [],
    checkpointsAt: step === undefined ? [] : checkpointsAt,
    ...(size !== undefined && { labelsPerClass: [size] }),
    place,
  };
  if (point.pretraining === undefined)
    return { ...shared, ...baselineParts(protocols, sweep, point), measures: [], testMaskRatios: undefined, checkpointsAt: [] };
  const own = Object.fromEntries(
    Object.entries(at).filter(([path]) => stageOf(path, sweep.base) === 'labels' && path !== LABELS),
  );
  const finetune = { settings: { ...sweep.labels, ...unprefixed(own) } };
  return { ...shared, pretrain: pretrainPart(experiment, point.pretraining), finetune };
}

function pretrainPart({ pretrain }: Experiment, run: RunConfig): Experiment['pretrain'] {
  if (pretrain === null || 'from' in pretrain) return pretrain;
  const { eachSeed = true } = pretrain;
  return { settings: settingsOf(run, eachSeed ? [SEED] : []), eachSeed };
}

/** What an encoder without pretraining is measured by, and the run that it is then. */
function baselineParts(
  protocols: readonly ProtocolName[],
  sweep: Sweep,
  { withLabels, measures, at }: SweepPoint,
): Partial<Experiment> {
  const asked = protocols.filter((name) => measures.includes(measureOf(name)));
  // Fine-tuned in parts a random encoder is no baseline: the whole model learns.
  const whole = asked.filter((name) => name === 'full' || protocolOf(name).protocol !== 'finetune');
  const names: readonly ProtocolName[] = whole.length > 0 ? whole : ['full'];
  const isSwept = Object.hasOwn(at, 'supervised.train') || Object.hasOwn(sweep.labels, 'supervised.train');
  const left = [SEED, LABELS, ...(isSwept ? [] : ['supervised.train'])];
  return { pretrain: null, protocols: [...names], finetune: { settings: withLabels ? settingsOf(withLabels, left) : {} } };
}

/** Every setting of a run, but some. */
export function settingsOf(run: RunConfig, without: readonly string[]): Record<string, SettingValue> {
  const paths = SETTING_PATHS.filter((path) => !without.includes(path));
  return Object.fromEntries(paths.map((path) => [path, getSetting(run, path)]));
}

function unprefixed(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).map(([path, value]) => [path.replace(/^finetune\./, ''), value]));
}
