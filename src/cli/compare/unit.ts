/** One unit of a comparison as a study. */
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { BadSettingError, messageOf } from '../../base/errors.ts';
import { shareError } from '../../base/statistics.ts';
import { onFiles } from '../../config/ownFiles.ts';
import { presetRun } from '../../config/presets.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { RunConfig } from '../../config/run.ts';
import type { Dataset } from '../../data/samples.ts';
import { sayOtherData } from '../../io/savedData.ts';
import type { RobustnessProgress } from '../../trainer/robustness/plan.ts';
import { checkLabels } from '../../trainer/study/check.ts';
import { type Contender, isResult, type StudyPlan, type StudyProgress, type StudyResult } from '../../trainer/study/plan.ts';
import { runStudy } from '../../trainer/study/runStudy.ts';
import { labelledRun, pictureConfig } from '../contender.ts';
import type { Engine } from '../openEngine.ts';
import { type ProtocolName, protocolOf } from '../protocols.ts';
import type { TestedRow } from '../robustness/rows.ts';
import type { KeyedUnit, Unit } from './experiments.ts';
import type { Pictures } from './pictures.ts';
import { encoderRun, type Pretraining } from './pretraining.ts';
import type { UnitResult } from './results.ts';
import { robustConfigOf, robustPlanOf, workThrough } from './robustUnit.ts';

/** Everything that units share. */
export interface Workshop {
  engine: Engine;
  pictures: Pictures;
  pretraining: Pretraining;
  onProgress(unit: Unit, progress: StudyProgress | RobustnessProgress): void;
  /** Its weights have learned from other pictures (`sayOtherData`). */
  onOtherData(unit: Unit, message: string): void;
}

/**
 * Finds out before anything starts whether a unit can run.
 *
 * @throws BadSettingError naming the experiment and its trouble
 */
export function checkUnit(unit: Unit): void {
  const { name, protocols, data } = unit.experiment;
  try {
    const start = protocols.length === 0 ? encoderRun(unit) : undefined;
    const labelled = isRobust(unit) ? [robustConfigOf(unit)] : protocols.map((protocol) => configOf(unit, protocol));
    const configs = start === undefined ? labelled : [start];
    for (const config of configs) {
      if (config.data.dataset !== 'files' || data.length > 0) continue;
      throw new BadSettingError('which data? Give it "data", or --data PATH, or settings with a built-in data.dataset.');
    }
  } catch (error) {
    throw new BadSettingError(`${name}: ${messageOf(error)}`);
  }
}

/** Whether a unit is a robustness study, which has rows in place of protocols. */
export function isRobust({ experiment }: Unit): boolean {
  return experiment.robustness !== undefined;
}

export async function runUnit(unit: KeyedUnit, workshop: Workshop): Promise<UnitResult> {
  return isRobust(unit) ? runRobustUnit(unit, workshop) : runStudyUnit(unit, workshop);
}

async function runRobustUnit(unit: KeyedUnit, { engine, pictures, pretraining, ...tell }: Workshop): Promise<UnitResult> {
  const { experiment, seed, key } = unit;
  const pretrained = await pretraining.of(unit);
  if (pretrained === undefined) throw new BadSettingError('A robustness study starts from pretraining.');
  const plan = robustPlanOf(unit, pretrained.weights);
  const { name, data, val } = experiment;
  const dataset = await pictures.of(pictureConfig(plan.config, data), data, val);
  const otherData = sayOtherData(pretrained.weights, dataset);
  if (otherData !== undefined) tell.onOtherData(unit, otherData);
  const rows: TestedRow[] = [];
  await workThrough(plan, dataset, {
    check: () => engine.check(),
    onRow: (row) => rows.push(row),
    onProgress: (progress) => tell.onProgress(unit, progress),
  });
  const cost = pretrained.cost ?? null;
  const backend = engine.backend.name;
  return { version: RESULTS_VERSION, key, experiment: name, seed, pretraining: cost, backend, results: [], rows };
}

async function runStudyUnit(unit: KeyedUnit, workshop: Workshop): Promise<UnitResult> {
  const { engine, pretraining } = workshop;
  const { experiment, seed, key } = unit;
  const { name, place, protocols, measures } = experiment;
  // Hours of pretraining should not end at labels that are not there.
  if (protocols.length > 0) checkLabels(planOf(unit, namesOf(unit), undefined), await picturesOf(unit, workshop));
  const pretrained = await pretraining.of(unit);
  const weights = pretrained?.weights;
  const plan = planOf(unit, namesOf(unit), weights);
  const results =
    protocols.length === 0 ? [] : await testWithLabels(unit, workshop, plan, await picturesOf(unit, workshop), inName);
  const told = {
    ...(place && { sweep: place }),
    ...(measures.includes('scores') && pretrained?.scores && { scores: pretrained.scores.values }),
    ...(measures.includes('stepTime') && { stepMilliseconds: pretrained?.stepMilliseconds }),
    ...(measures.includes('stepMemory') && { stepMegabytes: pretrained?.stepMegabytes }),
  };
  const backend = engine.backend.name;
  const cost = pretrained?.cost ?? null;
  return { version: RESULTS_VERSION, key, experiment: name, seed, ...told, pretraining: cost, backend, results };
}

/** The labelled samples of a unit. */
export function picturesOf(unit: Unit, { pictures }: Workshop): Promise<Dataset> {
  const { data, val, protocols } = unit.experiment;
  return pictures.of(pictureConfig(configOf(unit, protocols[0]), data), data, val);
}

type Result = UnitResult['results'][number];
type Name = Pick<Result, 'protocol' | 'contender' | 'alone' | 'pretraining'>;

/** @param nameOf what a result is of */
export async function testWithLabels(
  unit: Unit,
  { engine, onProgress, onOtherData }: Pick<Workshop, 'engine' | 'onProgress' | 'onOtherData'>,
  plan: StudyPlan,
  dataset: Dataset,
  nameOf: (result: StudyResult) => Name,
): Promise<Result[]> {
  for (const { weights } of plan.contenders) {
    const otherData = weights && sayOtherData(weights, dataset);
    if (otherData !== undefined) onOtherData(unit, otherData);
  }
  const results: Result[] = [];
  for await (const event of runStudy(plan, dataset)) {
    engine.check();
    if (isResult(event)) {
      const { labelsPerClass, accuracy, testPictures, cost, fit, locality } = event;
      const standardError = shareError(accuracy, testPictures);
      const looks = locality && { ...locality, before: [...locality.before], after: [...locality.after] };
      const told = { ...(fit && { fit }), ...(looks && { locality: looks }) };
      results.push({ ...nameOf(event), labelsPerClass, accuracy, standardError, testPictures, ...told, ...cost });
    } else onProgress(unit, event);
    await letSignalsIn();
  }
  return results;
}

/** Contenders of one experiment are named by what of its encoder learns. */
function inName({ name, protocol }: StudyResult): Name {
  return { protocol: protocol === 'finetune' ? name : protocol };
}

/** Frozen protocols share one contender: its features are computed once. */
function namesOf({ experiment: { protocols } }: Unit): ProtocolName[][] {
  const frozen = protocols.filter((name) => protocolOf(name).protocol !== 'finetune');
  const tuned = protocols.filter((name) => protocolOf(name).protocol === 'finetune');
  return [...tuned.map((name) => [name]), ...(frozen.length === 0 ? [] : [frozen])];
}

function planOf(unit: Unit, groups: readonly ProtocolName[][], weights: Uint8Array | undefined): StudyPlan {
  const { experiment, seed } = unit;
  const contenders = groups.map(
    (names): Contender => ({
      name: names.join(', '),
      config: configOf(unit, names[0]),
      protocols: names.map((name) => protocolOf(name).protocol),
      ...(weights && { weights }),
    }),
  );
  return {
    contenders,
    protocols: ['finetune', 'linear', 'knn'],
    labelsPerClass: experiment.labelsPerClass,
    seeds: [seed],
    testPictures: experiment.testPictures,
    locality: experiment.locality === true,
  };
}

/** The run with labels that a protocol of a unit trains or reads out. @throws BadSettingError, CheckpointError when there is none */
export function configOf(unit: Unit, name: ProtocolName): RunConfig {
  const { experiment } = unit;
  const pretrained = encoderRun(unit);
  const { train } = protocolOf(name);
  const base = pretrained ?? presetRun('labels-scenes');
  const config = labelledRun(base, pretrained !== undefined, { train, settings: Object.entries(experiment.finetune.settings) });
  return experiment.data.length === 0 ? config : onFiles(config);
}
