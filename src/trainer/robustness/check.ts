/** What keeps a robustness study from running, found before anything starts. */
import { BadDataError, BadSettingError } from '../../base/errors.ts';
import { checkRun } from '../../config/check.ts';
import { sampleOf } from '../../data/sample.ts';
import type { Dataset } from '../../data/samples.ts';
import { Run } from '../run.ts';
import { type RobustnessPlan, robustTasks } from './plan.ts';
import { configOf, sensesIn, startWhole } from './run.ts';

/**
 * @throws BadSettingError when the plan asks for nothing, or for runs that cannot be
 * @throws BadDataError when labels are missing, of one class only, or fewer than asked for, or nothing is left to test on
 * @throws CheckpointError when the weights are not those of such encoders
 */
export function checkRobustness(plan: RobustnessPlan, { train, heldOut, heldOutIsTrain }: Dataset): void {
  const [problem] = checkRun(plan.config);
  if (problem !== undefined) throw new BadSettingError(problem.message);
  const tasks = robustTasks(plan, sensesIn(plan.config));
  if (tasks.length === 0) throw new BadSettingError('The study has no methods and no baselines: choose at least one.');
  if (heldOut.labels === undefined) throw new BadDataError('The test samples have no labels, so nothing can be tested.');
  if (heldOutIsTrain) {
    throw new BadDataError('There are too few samples to set some aside for testing. Bring more, or a test set of its own.');
  }
  const data = { name: '', train, heldOut, heldOutIsTrain };
  // What is drawn depends on the seed; whether there is enough of it depends on the senses that have labels.
  const seen = new Set<string>();
  for (const task of tasks) {
    const trainedOn = task.trainedOn.join();
    if (seen.has(trainedOn)) continue;
    seen.add(trainedOn);
    const run = new Run(configOf(plan, { ...task, method: 'FT' }), data);
    try {
      const weights = plan.weights instanceof Uint8Array ? plan.weights : plan.weights.get(task.seed);
      if (weights !== undefined) startWhole(run, weights);
    } finally {
      run.dispose();
    }
  }
}

/** What accuracies stand beside, of the samples that are tested on. */
export interface TestFacts {
  classes: number;
  samples: number;
  /** Share of the largest class. */
  largestClass: number;
}

export function testFacts({ testSamples }: RobustnessPlan, { heldOut }: Dataset): TestFacts {
  const counts = new Uint32Array(heldOut.classes.length);
  const tested = sampleOf(heldOut, testSamples);
  for (const index of tested) counts[heldOut.labels?.[index] ?? 0] += 1;
  return { classes: counts.length, samples: tested.length, largestClass: Math.max(...counts) / tested.length };
}
