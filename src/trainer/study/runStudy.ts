/** Works through a study, one task after another. */
import { joinFloats } from '../../base/join.ts';
import { sampleOf } from '../../data/sample.ts';
import type { Dataset, Samples } from '../../data/samples.ts';
import { uniformAttentionDistance } from '../../metrics/attentionDistance.ts';
import { accuracyOf, type Classification, classify } from '../../metrics/classification.ts';
import { chunks } from '../chunks.ts';
import { classProbabilities } from '../classes.ts';
import { distanceToStart, learnedSamples, meanLoss, truthsOf } from '../fit.ts';
import { trainingFlops } from '../flops.ts';
import type { Run } from '../run.ts';
import { train } from '../train.ts';
import { checkStudy } from './check.ts';
import { datasetOf, labelledPictures, openContender } from './contender.ts';
import { meanProbabilities, memberTasks, sumCosts } from './ensemble.ts';
import { FrozenFeatures, probe, voteNearest } from './frozen.ts';
import { meanDistances } from './locality.ts';
import {
  type Cost,
  type Fit,
  type Locality,
  type StudyPlan,
  type StudyProgress,
  type StudyResult,
  type StudyTask,
  studyTasks,
} from './plan.ts';
import { scoreAnswers } from './scoring.ts';

/** What came of one task. */
interface Outcome {
  answers: Classification;
  cost: Cost;
  fit?: Fit;
  locality?: Locality;
  /** Of an ensemble: its members' answers. */
  members?: readonly Classification[];
}

/** One task's way to its outcome: says how far it is, often. */
type Working = AsyncGenerator<StudyProgress, Outcome, void>;

/** Makes the progress of one task. */
type Tell = (doing: StudyProgress['doing'], share: number) => StudyProgress;

/**
 * Yields a result for each of `studyTasks(plan)`, in their order, and its progress between pieces of work that take about as long as
 * a training step. Stop with `return()`: what has been yielded is all there is.
 *
 * @param dataset labelled; its training pictures are what labels are drawn from, its held-out ones what is tested on
 * @param trained gets every fine-tuned run before it is disposed of
 * @throws see `checkStudy`, before anything starts; NonFiniteError when a training breaks down
 */
export async function* runStudy(
  plan: StudyPlan,
  dataset: Dataset,
  trained?: (run: Run) => Promise<void>,
): AsyncGenerator<StudyProgress | StudyResult, void, void> {
  checkStudy(plan, dataset);
  const tasks = studyTasks(plan);
  const study = new Study(plan, dataset, trained);
  for (const [done, task] of tasks.entries()) {
    const { name } = plan.contenders[task.contender];
    const tell: Tell = (doing, share) => ({ done, total: tasks.length, task, name, doing, share });
    const { answers, cost, fit, locality, members } = yield* study.work(task, tell);
    const truths = truthsOf(dataset.heldOut, testedPictures(plan, dataset));
    const score = scoreAnswers(answers, truths, dataset.heldOut.classes.length);
    const alone = members?.map(({ predictions }) => accuracyOf(predictions, truths));
    const told = plan.answers === true && task.protocol === 'finetune' && { answers: { probabilities: answers.scores, truths } };
    yield { ...task, name, ...score, cost, ...(fit && { fit }), ...(locality && { locality }), ...(alone && { alone }), ...told };
  }
}

/** The held-out pictures that a study tests on, by index. */
export function testedPictures({ testPictures }: StudyPlan, { heldOut }: Dataset): number[] {
  return sampleOf(heldOut, testPictures);
}

class Study {
  private readonly features = new Map<string, FrozenFeatures>();
  /** As each contender reads it, by its place in the plan. */
  private readonly datasets = new Map<number, Dataset>();
  /** Of runs that ensembles are made of, by `memberKey`. */
  private readonly answered = new Map<string, Outcome>();

  constructor(
    private readonly plan: StudyPlan,
    private readonly dataset: Dataset,
    private readonly trained?: (run: Run) => Promise<void>,
  ) {}

  async *work(task: StudyTask, tell: Tell): Working {
    const { members } = this.plan.contenders[task.contender];
    if (members !== undefined) return yield* this.answerTogether(memberTasks(task, members), tell);
    const outcome = yield* this.workAlone(task, tell);
    if (this.isMember(task)) this.answered.set(memberKey(task), outcome);
    return outcome;
  }

  /** What members have answered is there; twins are trained when they are first asked for. */
  private async *answerTogether(tasks: readonly StudyTask[], tell: Tell): Working {
    const outcomes: Outcome[] = [];
    const missing = tasks.filter((task) => !this.answered.has(memberKey(task)));
    for (const task of tasks) {
      const place = missing.indexOf(task);
      const known = this.answered.get(memberKey(task));
      const outcome =
        known ?? (yield* this.workAlone(task, (doing, share) => tell(doing, (Math.max(0, place) + share) / missing.length)));
      this.answered.set(memberKey(task), outcome);
      outcomes.push(outcome);
    }
    const members = outcomes.map(({ answers }) => answers);
    const probabilities = meanProbabilities(members.map(({ scores }) => scores));
    const answers = classify(probabilities, this.dataset.train.classes.length);
    return { answers, members, cost: sumCosts(outcomes.map(({ cost }) => cost)) };
  }

  private isMember({ contender, protocol }: StudyTask): boolean {
    return protocol === 'finetune' && this.plan.contenders.some(({ members }) => members?.includes(contender));
  }

  private async *workAlone(task: StudyTask, tell: Tell): Working {
    const contender = this.plan.contenders[task.contender];
    const run = openContender(contender, task, this.datasetOf(task));
    try {
      return yield* task.protocol === 'finetune' ? this.fineTune(run, task, tell) : this.classifyFrozen(run, task, tell);
    } finally {
      run.dispose();
    }
  }

  private async *fineTune(run: Run, task: StudyTask, tell: Tell): Working {
    const looks = this.plan.locality === true && this.isExample(task);
    const before = looks ? yield* silently(meanDistances(run), tell('reading', 0)) : undefined;
    const milliseconds: number[] = [];
    for await (const report of train(run)) {
      milliseconds.push(report.milliseconds);
      yield tell('training', report.step / run.totalSteps);
    }
    const after = looks ? yield* silently(meanDistances(run), tell('testing', 0)) : undefined;
    const answers = yield* this.test(run, tell);
    const fit = yield* this.fitOf(run, answers, tell);
    await this.trained?.(run);
    const gflop = trainingFlops(run.config, run.subject) / 1e9;
    const cost = { seconds: trainingSeconds(milliseconds), gflop };
    if (before === undefined || after === undefined) return { answers, cost, fit };
    const { depth, heads, grid } = run.spec;
    return { answers, cost, fit, locality: { before, after, depth, heads, uniform: uniformAttentionDistance(grid) } };
  }

  /** One seed and the largest set show what fine-tuning does to attention. */
  private isExample({ seed, labelsPerClass, twin }: StudyTask): boolean {
    if (twin !== undefined) return false;
    const { seeds, labelsPerClass: sizes } = this.plan;
    // 0 stands for all, which is more than any number.
    const largest = sizes.includes(0) ? 0 : Math.max(...sizes);
    return seed === seeds[0] && labelsPerClass === largest;
  }

  private async *test(run: Run, tell: Tell): AsyncGenerator<StudyProgress, Classification, void> {
    const { heldOut, train: labelled } = run.dataset;
    const probabilities = yield* this.probabilities(run, heldOut, testedPictures(this.plan, this.dataset), tell);
    return classify(probabilities, labelled.classes.length);
  }

  private async *fitOf(run: Run, { scores }: Classification, tell: Tell): AsyncGenerator<StudyProgress, Fit, void> {
    const { heldOut, train: labelled } = run.dataset;
    const classes = labelled.classes.length;
    const learned = learnedSamples(run);
    const probabilities = yield* this.probabilities(run, labelled, learned, tell);
    const moved = await distanceToStart(run);
    return {
      testLoss: meanLoss(scores, truthsOf(heldOut, testedPictures(this.plan, this.dataset)), classes),
      trainLoss: meanLoss(probabilities, truthsOf(labelled, learned), classes),
      trainSamples: learned.length,
      distance: moved?.distance ?? Number.NaN,
      relativeDistance: moved?.relative ?? Number.NaN,
    };
  }

  private async *probabilities(
    run: Run,
    set: Samples,
    samples: readonly number[],
    tell: Tell,
  ): AsyncGenerator<StudyProgress, Float32Array, void> {
    const parts: Float32Array[] = [];
    const pieces = chunks(samples, run.spec.patches);
    for (const chunk of pieces) {
      parts.push(await classProbabilities(run, set, chunk));
      yield tell('testing', parts.length / pieces.length);
    }
    return joinFloats(parts);
  }

  private async *classifyFrozen(run: Run, task: StudyTask, tell: Tell): Working {
    const { train: labelled } = run.dataset;
    const features = this.featuresOf(task);
    const chosen = labelledPictures(run.config, labelled);
    const tested = testedPictures(this.plan, this.dataset);
    for await (const share of features.look(run, 'train', chosen)) yield tell('reading', share);
    for await (const share of features.look(run, 'heldOut', tested)) yield tell('testing', share);
    const { labels = new Uint16Array() } = labelled;
    const truths = Uint16Array.from(chosen, (picture) => labels[picture]);
    const bank = {
      features: features.rows('train', chosen),
      labels: truths,
      d: run.spec.width,
      classes: labelled.classes.length,
    };
    const queries = features.rows('heldOut', tested);
    const fitted =
      task.protocol === 'linear'
        ? yield* telling('fitting', probe(bank, queries), tell)
        : yield* telling('testing', voteNearest(bank, queries), tell);
    const looking = features.cost(run, chosen.length);
    const cost = { seconds: looking.seconds + fitted.cost.seconds, gflop: looking.gflop + fitted.cost.gflop };
    return { answers: fitted.answers, cost };
  }

  private datasetOf({ contender }: StudyTask): Dataset {
    const known = this.datasets.get(contender) ?? datasetOf(this.plan.contenders[contender], this.dataset);
    this.datasets.set(contender, known);
    return known;
  }

  /** A pretrained encoder is the same for every seed; a random one is another for each. */
  private featuresOf({ contender, seed }: StudyTask): FrozenFeatures {
    const key = this.plan.contenders[contender].weights === undefined ? `${contender}/${seed}` : `${contender}`;
    const known = this.features.get(key) ?? new FrozenFeatures();
    this.features.set(key, known);
    return known;
  }
}

function memberKey({ contender, labelsPerClass, seed, twin = 0 }: StudyTask): string {
  return `${contender}/${labelsPerClass}/${seed}/${twin}`;
}

/** Passes on the pieces of a generator that yields nothing, as one and the same progress. */
async function* silently<T>(work: AsyncGenerator<undefined, T, void>, progress: StudyProgress): AsyncGenerator<StudyProgress, T> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
    yield progress;
  }
}

/** Passes on the share of `work` that is done. */
async function* telling<T>(
  doing: StudyProgress['doing'],
  work: AsyncGenerator<number, T, void>,
  tell: Tell,
): AsyncGenerator<StudyProgress, T> {
  for (;;) {
    const next = await work.next();
    if (next.done) return next.value;
    yield tell(doing, next.value);
  }
}

/** The first step also compiles and records: it counts as the others' mean. */
function trainingSeconds([first = 0, ...others]: readonly number[]): number {
  const rest = others.reduce((sum, ms) => sum + ms, 0);
  return (rest + (others.length === 0 ? first : rest / others.length)) / 1000;
}
