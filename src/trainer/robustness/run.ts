/** Works through a robustness study, one model after another. */
import { CheckpointError } from '../../base/errors.ts';
import type { Sense } from '../../config/modalities/names.ts';
import type { RunConfig } from '../../config/run.ts';
import { type Subset, subsetName } from '../../config/subsets.ts';
import { BatchStream } from '../../data/batches.ts';
import { sampleOf } from '../../data/sample.ts';
import type { Dataset } from '../../data/samples.ts';
import { asLearned } from '../../io/savedData.ts';
import { interpolateWeights, type WeightsEnd } from '../../metrics/interpolate.ts';
import { learnedFrom } from '../../objectives/labels.ts';
import { chunks } from '../chunks.ts';
import { trainingFlops } from '../flops.ts';
import { Run } from '../run.ts';
import type { Cost } from '../study/plan.ts';
import { train } from '../train.ts';
import { fitHead, fusedFeatures, probabilitiesOf, testSubsets, tokensOf, withHead } from './model.ts';
import {
  alphasOf,
  isDistilled,
  type RobustnessPlan,
  type RobustnessProgress,
  type RobustnessRow,
  type RobustTask,
  robustTasks,
  rowNames,
} from './plan.ts';

/** The probe learns from each labelled sample as it is corrupted so many times. */
const PROBE_LOOKS = 4;
/** Names the stream of what the probe looks at. */
const PROBE = 'probe ';

type Working<T> = AsyncGenerator<RobustnessProgress | RobustnessRow, T, void>;
type Tell = (doing: RobustnessProgress['doing'], share: number) => RobustnessProgress;

/**
 * Yields a row for every model of `robustTasks(plan)` and, of those that were fine-tuned, one for each share of WiSE-FT; and its progress
 * between pieces of work that take about as long as a training step. Stop with `return()`: what has been yielded is all there is.
 *
 * @param dataset labelled samples with several members
 * @param known names of rows that are there already: a model whose rows all are is not trained again
 * @param mine which models to train, of several jobs that share a plan; all when absent
 * @throws CheckpointError when the weights are not those of such encoders; BadDataError when there are too few labels
 */
export async function* runRobustness(
  plan: RobustnessPlan,
  dataset: Dataset,
  known: ReadonlySet<string> = new Set(),
  mine: (task: RobustTask) => boolean = () => true,
): AsyncGenerator<RobustnessProgress | RobustnessRow, void, void> {
  const senses = sensesIn(plan.config);
  const tasks = robustTasks(plan, senses).filter(mine);
  const study = new RobustnessStudy(plan, dataset);
  for (const [done, task] of tasks.entries()) {
    if (rowNames(plan, task).every((name) => known.has(name))) continue;
    yield* study.work(task, (doing, share) => ({ done, total: tasks.length, task, doing, share }));
  }
}

export function sensesIn({ pair }: RunConfig): Subset<Sense> {
  return pair.senses.split('+') as Sense[];
}

class RobustnessStudy {
  /** The probe of one row, which its other methods start from. */
  private probe: { name: string; end: WeightsEnd } | undefined;

  constructor(
    private readonly plan: RobustnessPlan,
    private readonly dataset: Dataset,
  ) {}

  async *work(task: RobustTask, tell: Tell): Working<void> {
    const weights = task.method === 'random' || task.method === 'scratch' ? undefined : this.weightsOf(task.seed);
    const run = new Run(configOf(this.plan, task), weights === undefined ? this.dataset : asLearned(weights, this.dataset));
    try {
      if (weights !== undefined) startWhole(run, weights);
      if (task.method === 'scratch') {
        const cost = yield* this.train(run, tell);
        yield* this.row(run, task, tell, { cost });
        return;
      }
      const start = performance.now();
      const probe = yield* this.probeOf(run, task, tell);
      const seconds = (performance.now() - start) / 1000;
      run.writeWeights(probe.weights, 0);
      if (task.method === 'LP' || task.method === 'random') {
        yield* this.row(run, task, tell, { cost: { seconds, gflop: 0 } });
        return;
      }
      const cost = yield* this.train(run, tell);
      yield* this.row(run, task, tell, { cost });
      const tuned = { weights: (await run.readWeights()).slice(), startHead: probe.startHead };
      for (const alpha of alphasOf(this.plan, task)) {
        run.writeWeights(interpolateWeights(probe, tuned, alpha), 0);
        yield* this.row(run, task, tell, { alpha });
      }
    } finally {
      run.dispose();
    }
  }

  private weightsOf(seed: number): Uint8Array | undefined {
    const { weights } = this.plan;
    return weights instanceof Uint8Array ? weights : weights.get(seed);
  }

  /** The encoders as they are, with a head that was fitted to what they make of the labelled samples. */
  private async *probeOf(run: Run, task: RobustTask, tell: Tell): Working<WeightsEnd> {
    const name = `${task.method === 'random' ? 'random' : 'pretrained'} ${subsetName(task.trainedOn)} ${task.seed}`;
    if (this.probe?.name === name) return this.probe.end;
    const { config, dataset, objective, subject, tokenizer } = run;
    const labelled = learnedFrom(objective, dataset.train, config.optimiser.seed) ?? [];
    const stream = new BatchStream(dataset.train, tokenizer, config.optimiser.seed, labelled, PROBE);
    const places = Array.from({ length: PROBE_LOOKS * labelled.length }, (_, i) => i);
    const batches: { features: Float32Array; labels: ArrayLike<number> }[] = [];
    const pieces = chunks(places, tokensOf(run));
    for (const piece of pieces) {
      const batch = stream.batch(piece[0], piece.length, config);
      batches.push({ features: await fusedFeatures(run, batch, task.trainedOn), labels: batch.labels ?? [] });
      yield tell('reading', batches.length / pieces.length);
    }
    const fitting = fitHead(batches, subject.classes);
    let step = fitting.next();
    for (; !step.done; step = fitting.next()) yield tell('fitting', step.value);
    const end = withHead(run, await run.readWeights(), step.value);
    this.probe = { name, end };
    return end;
  }

  private async *train(run: Run, tell: Tell): Working<Cost> {
    let milliseconds = 0;
    for await (const report of train(run)) {
      milliseconds += report.milliseconds;
      yield tell('training', report.step / run.totalSteps);
    }
    return { seconds: milliseconds / 1000, gflop: trainingFlops(run.config, run.subject) / 1e9 };
  }

  private async *row(run: Run, { method, trainedOn, seed }: RobustTask, tell: Tell, more: Partial<RobustnessRow>): Working<void> {
    const { heldOut } = run.dataset;
    const testing = testSubsets(run, heldOut, sampleOf(heldOut, this.plan.testSamples));
    let step = await testing.next();
    for (; !step.done; step = await testing.next()) yield tell('testing', step.value);
    const { right, counts } = step.value;
    const accuracy = Array.from(right, (value, i) => value / counts[i]);
    const answers = await this.answersOf(run);
    yield { method, trainedOn: subsetName(trainedOn), seed, accuracy, counts: Array.from(counts), ...more, ...answers };
  }

  private async answersOf(run: Run): Promise<Pick<RobustnessRow, 'answers'>> {
    const { dataset, tokenizer } = run;
    const shown = shownOf(this.plan, dataset);
    if (shown.length === 0) return {};
    return { answers: await probabilitiesOf(run, tokenizer.cut(dataset.heldOut, shown)) };
  }
}

/** Test samples, by index, whose answers rows tell. */
export function shownOf({ shownSamples = 0, testSamples }: RobustnessPlan, { heldOut }: Dataset): number[] {
  return sampleOf(heldOut, Math.min(shownSamples, testSamples));
}

/** @throws CheckpointError when the file lacks some of the encoders, which would then be random ones */
export function startWhole(run: Run, weights: Uint8Array): void {
  const missing = run.startFrom(weights).added.filter((name) => !name.startsWith('head.'));
  if (missing.length === 0) return;
  throw new CheckpointError(
    `The file lacks ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ', ...' : ''} of these encoders. ` +
      'Take the senses, the width and the read-out that it was pretrained with.',
  );
}

/** The settings of one model's run. */
export function configOf({ config, scratchSteps }: RobustnessPlan, { method, trainedOn, seed }: RobustTask): RunConfig {
  const student = method === 'MASD*' ? 'part' : method === 'MASD' ? 'rest' : config.robust.student;
  return {
    ...config,
    optimiser: { ...config.optimiser, seed, steps: method === 'scratch' ? scratchSteps : config.optimiser.steps },
    robust: {
      ...config.robust,
      trainOn: subsetName(trainedOn),
      method: isDistilled(method) ? 'MASD' : 'FT',
      student,
    },
  };
}
