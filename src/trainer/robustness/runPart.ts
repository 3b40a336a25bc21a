/** A robustness study with a pretraining of its own for each seed, as a card asks for it; told as the points of a sweep are. */
import type { RobustnessPart } from '../../config/figures/card.ts';
import { studyRun } from '../../config/figures/robustPart.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { RunConfig } from '../../config/run.ts';
import { withSetting } from '../../config/settings.ts';
import { subsetName } from '../../config/subsets.ts';
import { groupBy } from '../../data/groupBy.ts';
import type { Dataset } from '../../data/samples.ts';
import { writeCheckpoint } from '../../io/checkpoint.ts';
import { trainingFlops } from '../flops.ts';
import { Run } from '../run.ts';
import { savedInfo } from '../savedInfo.ts';
import { subjectOf } from '../subject.ts';
import type { SweepEvent, SweepProgress, SweepResult } from '../sweep/plan.ts';
import type { OpenSamples } from '../sweep/runSweep.ts';
import { timeStep } from '../sweep/work.ts';
import { train } from '../train.ts';
import { checkRobustness } from './check.ts';
import { isRow, type RobustnessPlan, type RobustnessProgress, type RobustnessRow, type RobustTask, rowNames } from './plan.ts';
import { configOf, runRobustness } from './run.ts';
import { studyKey, studyTasks } from './studyPoints.ts';

const DOING: Readonly<Record<RobustnessProgress['doing'], SweepProgress['doing']>> = {
  reading: 'labels',
  fitting: 'labels',
  training: 'labels',
  testing: 'measuring',
};

/**
 * Yields first what it will take, then a point for each model with its rows, and progress between steps. Stop with `return()`.
 *
 * @param known keys of models that are there already (`studyKey`), or are not wanted: they are not trained
 * @throws BadDataError before anything is trained where labels are missing; NonFiniteError when a training breaks down
 */
export async function* runPart(
  part: RobustnessPart,
  open: OpenSamples,
  known: ReadonlySet<string> = new Set(),
): AsyncGenerator<SweepEvent, void, void> {
  const plan = planOf(part);
  const tasks = studyTasks(part).filter((task) => !known.has(studyKey(part, task)));
  const [first] = tasks;
  if (first === undefined) return;
  const { target } = await open(plan.config);
  checkRobustness(plan, target);
  const tell = (done: number, task: RobustTask, doing: SweepProgress['doing'], share: number): SweepEvent => ({
    type: 'progress',
    progress: { done, total: tasks.length, key: studyKey(part, task), doing, share },
  });
  const { target: before } = await open(part.pretraining);
  yield* outlook(part, tasks, { before, target }, tell(0, first, 'timing', 0));
  let done = 0;
  let began = performance.now();
  for (const [seed, own] of groupBy(tasks, (task) => task.seed)) {
    const weights = new Map<number, Uint8Array>();
    if (own.some(needsWeights)) {
      const pretraining = pretrain(withSetting(part.pretraining, 'optimiser.seed', seed), before);
      let next = await pretraining.next();
      for (; !next.done; next = await pretraining.next()) yield tell(done, own[0] ?? first, 'pretraining', next.value);
      weights.set(seed, next.value);
    }
    const keys = new Set(own.map((task) => studyKey(part, task)));
    const rows: RobustnessRow[] = [];
    const seeded = { ...plan, seeds: [seed], weights };
    for await (const event of runRobustness(seeded, target, new Set(), (task) => keys.has(studyKey(part, task)))) {
      if (!isRow(event)) {
        yield tell(done, event.task, DOING[event.doing], event.share);
        continue;
      }
      rows.push(event);
      const task = own.find(({ method, trainedOn }) => method === event.method && subsetName(trainedOn) === event.trainedOn);
      if (task === undefined || rows.length < rowNames(plan, task).length) continue;
      yield { type: 'point', result: resultOf(part, task, rows.splice(0), (performance.now() - began) / 1000) };
      began = performance.now();
      done++;
    }
  }
}

/** Rows of one model follow one another. */
function resultOf(part: RobustnessPart, task: RobustTask, rows: readonly RobustnessRow[], seconds: number): SweepResult {
  const { method, trainedOn, seed } = task;
  const at = { method, trainedOn: subsetName(trainedOn) };
  return { key: studyKey(part, task), version: RESULTS_VERSION, at, seed, values: {}, rows, seconds };
}

function planOf(part: RobustnessPart): RobustnessPlan {
  return { ...part, config: studyRun(part), weights: new Map() };
}

function needsWeights({ method }: RobustTask): boolean {
  return method !== 'random' && method !== 'scratch';
}

/** What trains; a probe alone takes next to nothing. */
function isTrained({ method }: RobustTask): boolean {
  return method !== 'random' && method !== 'LP';
}

/** A pretraining counts at the first model of its seed. */
async function* outlook(
  part: RobustnessPart,
  tasks: readonly RobustTask[],
  { before, target }: { before: Dataset; target: Dataset },
  timing: SweepEvent,
): AsyncGenerator<SweepEvent, void, void> {
  const plan = planOf(part);
  const timed = timeStep(part.pretraining, before);
  let next = await timed.next();
  for (; !next.done; next = await timed.next()) yield timing;
  const secondsOf = (run: RunConfig, dataset: Dataset): number =>
    (trainingFlops(run, subjectOf(run, dataset)) / 1e9) * (next.value ?? 0);
  const seeds = new Set<number>();
  const seconds = tasks.map((task) => {
    const isFirst = needsWeights(task) && !seeds.has(task.seed);
    if (isFirst) seeds.add(task.seed);
    return (isFirst ? secondsOf(part.pretraining, before) : 0) + (isTrained(task) ? secondsOf(configOf(plan, task), target) : 0);
  });
  yield { type: 'outlook', outlook: { seconds } };
}

/** Yields how far it is, 0 to 1. @returns safetensors of the whole run */
async function* pretrain(config: RunConfig, dataset: Dataset): AsyncGenerator<number, Uint8Array, void> {
  const run = new Run(config, dataset);
  try {
    for await (const { step } of train(run)) yield step / run.totalSteps;
    return writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
  } finally {
    run.dispose();
  }
}
