/** Works through sweeps, one point after another; a pretraining that several points of one share is done once. */
import { BadDataError } from '../../base/errors.ts';
import { median } from '../../base/statistics.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import type { RunConfig } from '../../config/run.ts';
import { pointKey, pretrainingKey, type SweepPoint } from '../../config/sweep/points.ts';
import { labelMeasures } from '../../config/sweep/sweep.ts';
import { groupBy } from '../../data/groupBy.ts';
import type { Dataset } from '../../data/samples.ts';
import { tensorBytes } from '../../engine/memory.ts';
import { writeCheckpoint } from '../../io/checkpoint.ts';
import { Run } from '../run.ts';
import { savedInfo } from '../savedInfo.ts';
import { checkLabels } from '../study/check.ts';
import { type Answers, type Contender, isResult } from '../study/plan.ts';
import { runStudy } from '../study/runStudy.ts';
import { train } from '../train.ts';
import type { SweepEvent, SweepPlan, SweepProgress, SweepResult } from './plan.ts';
import { heldOutScores } from './scores.ts';
import { fitValues, localityValues } from './tunedValues.ts';
import { sweepWork, timeStep } from './work.ts';

/** The samples of a run, and those of its phases that learn from elsewhere. */
export type OpenSamples = (config: RunConfig) => Promise<{ target: Dataset; source: Dataset }>;

/** A pretraining as it stood at a step, or at its end. */
interface Looked {
  weights: Uint8Array;
  scores: Readonly<Record<string, number | null>>;
  stepMilliseconds: number;
  stepMegabytes: number;
}

/** A point that is to be done. */
interface Due {
  point: SweepPoint;
  plan: SweepPlan;
}

/**
 * Yields first what it will take, then each point when it is measured, and progress between steps. Stop with `return()`: what has been
 * yielded is all there is.
 *
 * @param plans one after the other; a point that stands in several is measured once
 * @param known keys of points that are there already, or are not wanted: they are left out
 * @throws BadDataError before anything is trained where labels are missing; NonFiniteError when a training breaks down
 */
export async function* runSweep(
  plans: readonly SweepPlan[],
  open: OpenSamples,
  known: ReadonlySet<string> = new Set(),
): AsyncGenerator<SweepEvent, void, void> {
  const left = dueOf(plans, known);
  if (left.length === 0) return;
  yield* outlook(left, open);
  // Of the pretraining that was done last: points that share one follow one another.
  const looks = new Map<string, Looked>();
  let shared = '';
  for (const [done, { point, plan }] of left.entries()) {
    const { testSamples } = plan;
    const began = performance.now();
    const tell = teller(done, left.length, pointKey(point));
    const key = `${plans.indexOf(plan)} ${pretrainingKey(point)}`;
    if (key !== shared) looks.clear();
    shared = key;
    const { pretraining, step } = point;
    if (pretraining !== undefined && !looks.has(String(step))) {
      const siblings = left
        .slice(done)
        .filter((other) => other.plan === plan && pretrainingKey(other.point) === pretrainingKey(point));
      const points = siblings.map((sibling) => sibling.point);
      yield* pretrain(pretraining, points, { open, testSamples, looks, tell });
    }
    const looked = looks.get(String(step));
    const tested = yield* testWithLabels(point, looked?.weights, { open, testSamples, tell });
    yield { type: 'point', result: { ...resultOf(point, looked, tested), seconds: (performance.now() - began) / 1000 } };
  }
}

/** Every point that is wanted, once, plan by plan; those of a plan that share a pretraining follow one another. */
function dueOf(plans: readonly SweepPlan[], known: ReadonlySet<string>): Due[] {
  const seen = new Set(known);
  return plans.flatMap((plan) => {
    const wanted = plan.points.filter((point) => {
      const isNew = !seen.has(pointKey(point));
      seen.add(pointKey(point));
      return isNew;
    });
    return [...groupBy(wanted, pretrainingKey).values()].flat().map((point) => ({ point, plan }));
  });
}

type Tell = (doing: SweepProgress['doing'], share: number) => SweepEvent;

function teller(done: number, total: number, key: string): Tell {
  return (doing, share) => ({ type: 'progress', progress: { done, total, key, doing, share } });
}

/** Times a step of each plan, after it was found out whether labels are there. */
async function* outlook(left: readonly Due[], open: OpenSamples): AsyncGenerator<SweepEvent, void, void> {
  const [first] = left as [Due, ...Due[]];
  const tell = teller(0, left.length, pointKey(first.point));
  const seconds: number[] = [];
  for (const [{ testSamples }, due] of groupBy(left, ({ plan }) => plan)) {
    const points = due.map(({ point }) => point);
    const timed = points.find(({ pretraining }) => pretraining !== undefined)?.pretraining ?? points[0]?.withLabels;
    if (timed === undefined) throw new BadDataError('The sweep has nothing to train: choose what is measured.');
    const { target } = await open(timed);
    for (const { withLabels, seed } of points)
      if (withLabels !== undefined)
        checkLabels({ labelsPerClass: [withLabels.supervised.labelsPerClass], seeds: [seed] }, target);
    const timing = timeStep(timed, target);
    let next = await timing.next();
    for (; !next.done; next = await timing.next()) yield tell('timing', 0);
    const secondsPerGflop = next.value;
    seconds.push(...sweepWork(points, target, testSamples).map((gflop) => gflop * secondsPerGflop));
  }
  yield { type: 'outlook', outlook: { seconds } };
}

interface Workbench {
  open: OpenSamples;
  testSamples: number;
  tell: Tell;
}

/** Trains once, and looks wherever one of the points asks for it. */
async function* pretrain(
  config: RunConfig,
  points: readonly SweepPoint[],
  { open, testSamples, looks, tell }: Workbench & { looks: Map<string, Looked> },
): AsyncGenerator<SweepEvent, void, void> {
  const { target, source } = await open(config);
  const before = tensorBytes();
  const run = new Run(config, target, source);
  try {
    const steps = new Set(points.map(({ step }) => step ?? run.totalSteps));
    const last = Math.max(...steps);
    const times: number[] = [];
    for await (const { step, milliseconds } of train(run, (step) => steps.has(step))) {
      times.push(milliseconds);
      yield tell('pretraining', step / last);
      if (!steps.has(step)) continue;
      const asked = points.filter((point) => (point.step ?? run.totalSteps) === step);
      const isScored = asked.some(({ measures }) => measures.includes('scores'));
      const ratios = [...new Set(asked.flatMap(({ testMaskRatios = [] }) => testMaskRatios))];
      yield tell('measuring', 0);
      const looked = {
        weights: writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run)),
        scores: isScored ? await heldOutScores(run, testSamples, ratios) : {},
        stepMilliseconds: median(times) ?? 0,
        stepMegabytes: (run.memoryBytes - before) / 2 ** 20,
      };
      for (const point of asked) looks.set(String(point.step), looked);
      if (step === last) break;
    }
  } finally {
    run.dispose();
  }
}

/** What came of labels. */
interface Tested {
  /** Accuracies by measure, and of fine-tuning how it fits where that is asked. */
  values: Readonly<Record<string, number>>;
  answers?: Answers;
}

async function* testWithLabels(
  point: SweepPoint,
  weights: Uint8Array | undefined,
  { open, testSamples, tell }: Workbench,
): AsyncGenerator<SweepEvent, Tested, void> {
  const { withLabels: config, seed } = point;
  const protocols = labelMeasures(point);
  if (config === undefined || protocols.length === 0) return { values: {} };
  const { target } = await open(config);
  const contender: Contender = { name: 'point', config, ...(weights && { weights }) };
  const { labelsPerClass } = config.supervised;
  const plan = {
    contenders: [contender],
    protocols,
    labelsPerClass: [labelsPerClass],
    seeds: [seed],
    testPictures: testSamples,
    locality: point.measures.includes('locality'),
    answers: point.answers === true,
  };
  const values: Record<string, number> = {};
  let answers: Answers | undefined;
  for await (const event of runStudy(plan, target)) {
    if (!isResult(event)) yield tell('labels', (event.done + event.share) / event.total);
    else {
      values[event.protocol] = event.accuracy;
      answers ??= event.answers;
      if (event.fit !== undefined && point.measures.includes('fit')) Object.assign(values, fitValues(event.fit));
      if (event.locality !== undefined) Object.assign(values, localityValues(event.locality));
    }
  }
  return { values, ...(answers && { answers }) };
}

function resultOf(
  point: SweepPoint,
  looked: Looked | undefined,
  { values: accuracies, answers }: Tested,
): Omit<SweepResult, 'seconds'> {
  const { at, baseline, step, seed, measures } = point;
  const scores = Object.entries(looked?.scores ?? {}).flatMap(([name, value]) =>
    value === null ? [] : [[name, value] as const],
  );
  const time = looked !== undefined && measures.includes('stepTime') ? { stepTime: looked.stepMilliseconds } : {};
  const memory = looked !== undefined && measures.includes('stepMemory') ? { stepMemory: looked.stepMegabytes } : {};
  return {
    key: pointKey(point),
    version: RESULTS_VERSION,
    at,
    ...(baseline !== undefined && { baseline }),
    ...(step !== undefined && { step }),
    seed,
    values: { ...(measures.includes('scores') ? Object.fromEntries(scores) : {}), ...accuracies, ...time, ...memory },
    ...(answers && { answers }),
  };
}
