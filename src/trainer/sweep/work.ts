/** How much arithmetic the points of a sweep are, and what that takes on this machine: an estimate before anything starts. */
import { median } from '../../base/statistics.ts';
import type { RunConfig } from '../../config/run.ts';
import { pretrainingKey, type SweepPoint } from '../../config/sweep/points.ts';
import type { Dataset } from '../../data/samples.ts';
import { featureFlops, stepFlops, trainingFlops } from '../flops.ts';
import { Run } from '../run.ts';
import { subjectOf } from '../subject.ts';

/** What of a point decides how much work it is. */
export type SweepWork = Pick<SweepPoint, 'pretraining' | 'withLabels' | 'measures'>;

/** Steps that are timed, after some that also compile. */
const WARM_UP = 2;
const TIMED = 5;

/**
 * GFLOP of each point, in their order; a pretraining counts at the first that needs it. Scores and neighbours are left out: they are
 * forward passes over a few hundred samples.
 *
 * @param testSamples most that are tested on
 * @param known keys of pretrainings that are there already (`pretrainingKey`)
 */
export function sweepWork(
  points: readonly SweepWork[],
  dataset: Dataset,
  testSamples: number,
  known: ReadonlySet<string> = new Set(),
): number[] {
  const trained = new Set(known);
  return points.map(({ pretraining, withLabels, measures }) => {
    const key = pretrainingKey(pretraining === undefined ? {} : { pretraining });
    const isNew = pretraining !== undefined && !trained.has(key);
    trained.add(key);
    const before = isNew ? trainingFlops(pretraining, subjectOf(pretraining, dataset)) : 0;
    return (before + (withLabels === undefined ? 0 : labelledFlops(withLabels, measures, dataset, testSamples))) / 1e9;
  });
}

function labelledFlops(config: RunConfig, measures: SweepWork['measures'], dataset: Dataset, testSamples: number): number {
  const subject = subjectOf(config, dataset);
  const tested = Math.min(testSamples, dataset.heldOut.count) * featureFlops(config, subject);
  const { labelsPerClass } = config.supervised;
  const labelled = labelsPerClass === 0 ? dataset.train.count : Math.min(dataset.train.count, labelsPerClass * subject.classes);
  const frozen = measures.includes('linear') || measures.includes('knn') ? labelled * featureFlops(config, subject) + tested : 0;
  return frozen + (measures.includes('finetune') ? trainingFlops(config, subject) + tested : 0);
}

/**
 * Seconds that this machine takes for a GFLOP of such a run: the median of a few steps, after some that also compile. Yields between
 * steps.
 */
export async function* timeStep(config: RunConfig, dataset: Dataset): AsyncGenerator<undefined, number, void> {
  const run = new Run(config, dataset);
  try {
    const times: number[] = [];
    const steps = Math.min(run.totalSteps, WARM_UP + TIMED);
    for (let step = 0; step < steps; step++) {
      const { milliseconds } = await run.step();
      if (step >= WARM_UP || steps <= WARM_UP) times.push(milliseconds);
      yield;
    }
    return (median(times) ?? 0) / 1000 / (stepFlops(config, run.subject) / 1e9);
  } finally {
    run.dispose();
  }
}
