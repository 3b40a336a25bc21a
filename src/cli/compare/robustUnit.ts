/** A robustness study with one seed: a unit of a comparison, or one of the command `robustness`. */
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import { BadSettingError } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import { robustRun } from '../../config/robustRun.ts';
import type { RunConfig } from '../../config/run.ts';
import { subsetName } from '../../config/subsets.ts';
import type { Dataset } from '../../data/samples.ts';
import { isRow, type RobustnessPlan, type RobustnessProgress, type RobustTask, rowName } from '../../trainer/robustness/plan.ts';
import { runRobustness, sensesIn } from '../../trainer/robustness/run.ts';
import { withSettings } from '../contender.ts';
import type { TestedRow } from '../robustness/rows.ts';
import type { Unit } from './experiments.ts';
import { encoderRun } from './pretraining.ts';

/** The runs with labels of a unit. @throws BadSettingError when they cannot be */
export function robustConfigOf(unit: Unit): RunConfig {
  const pretrained = encoderRun(unit);
  if (pretrained === undefined) throw new BadSettingError('A robustness study starts from pretraining.');
  const config = withSettings(robustRun(pretrained), Object.entries(unit.experiment.finetune.settings));
  const [problem] = checkRun(config);
  if (problem !== undefined) throw new BadSettingError(`${problem.message} (${problem.path})`);
  return config;
}

/** @throws BadSettingError as `robustConfigOf` */
export function robustPlanOf(unit: Unit, weights: Uint8Array): RobustnessPlan {
  const { robustness, testPictures } = unit.experiment;
  if (robustness === undefined) throw new Error('this unit is no robustness study');
  return { ...robustness, config: robustConfigOf(unit), weights, seeds: [unit.seed], testSamples: testPictures };
}

interface Outlets {
  /** Throws when the engine is gone. */
  check(): void;
  onRow(row: TestedRow): void;
  onProgress(progress: RobustnessProgress): void;
}

/**
 * Works through a plan.
 *
 * @param known names of rows that are there: they are not told again
 * @param isMine which models are this job's; all when absent
 */
export async function workThrough(
  plan: RobustnessPlan,
  dataset: Dataset,
  { check, onRow, onProgress }: Outlets,
  known: ReadonlySet<string> = new Set(),
  isMine?: (task: RobustTask) => boolean,
): Promise<void> {
  const senses = subsetName(sensesIn(plan.config));
  for await (const event of runRobustness(plan, dataset, known, isMine)) {
    check();
    if (!isRow(event)) onProgress(event);
    else if (!known.has(rowName(event))) onRow({ senses, ...event });
    await letSignalsIn();
  }
}
