/** Short pretrainings whose numbers have to come out: what no unit test of a part sees when it breaks silently. */
import { setImmediate as letSignalsIn } from 'node:timers/promises';
import type { RobustMethod } from '../../config/robustMethods.ts';
import { robustRun } from '../../config/robustRun.ts';
import type { RunConfig } from '../../config/run.ts';
import { applySettings } from '../../config/settings.ts';
import { sampleOf } from '../../data/sample.ts';
import type { Dataset } from '../../data/samples.ts';
import { writeCheckpoint } from '../../io/checkpoint.ts';
import { robustnessOf, type Selection } from '../../metrics/robustness.ts';
import { isRow, type RobustnessRow, type RobustTask } from '../../trainer/robustness/plan.ts';
import { runRobustness, sensesIn } from '../../trainer/robustness/run.ts';
import { tableOf } from '../../trainer/robustness/table.ts';
import { Run } from '../../trainer/run.ts';
import { savedInfo } from '../../trainer/savedInfo.ts';
import { viewOf } from '../../trainer/views.ts';

/** Told how far it is. */
export type Tell = (doing: string, done: number, total: number) => void;

/** Loss is told as the mean of so many training batches: one batch says little. */
const BATCHES = 10;

export interface WordsPlan {
  config: RunConfig;
  /** The step that is looked at; the schedule is that of the whole run. */
  step: number;
  tested: number;
  maskRatio: number;
}

/** Share of masked words of held-out texts that a model tells after some steps (text.md 7.2). */
export async function wordsAt({ config, step, tested, maskRatio }: WordsPlan, dataset: Dataset, tell: Tell): Promise<number> {
  const run = new Run(config, dataset);
  try {
    await trainTo(run, step, tell);
    const measuring = viewOf(run).measure(dataset.heldOut, sampleOf(dataset.heldOut, tested), maskRatio);
    let measured = await measuring.next();
    while (!measured.done) measured = await measuring.next();
    return measured.value.scores.maskedWordAccuracy ?? Number.NaN;
  } finally {
    run.dispose();
  }
}

/** A pretraining: losses on its way, and what its file holds. */
export interface Pretrained {
  config: RunConfig;
  /** Of every step, on its batch. */
  losses: number[];
  weights: Uint8Array;
}

export async function pretrain(config: RunConfig, dataset: Dataset, tell: Tell): Promise<Pretrained> {
  const run = new Run(config, dataset);
  try {
    const losses = await trainTo(run, run.totalSteps, tell);
    const weights = writeCheckpoint(run.parameters.placements, await run.readWeights(), savedInfo(run));
    return { config, losses, weights };
  } finally {
    run.dispose();
  }
}

async function trainTo(run: Run, step: number, tell: Tell): Promise<number[]> {
  const losses: number[] = [];
  while (run.steps < step) {
    losses.push((await run.step()).loss);
    tell(`pretraining, ${run.config.task.objective}`, run.steps, step);
    await letSignalsIn();
  }
  return losses;
}

/** The mean loss of the ten batches up to a step. */
export function lossAt({ losses }: Pick<Pretrained, 'losses'>, step: number): number {
  const last = losses.slice(0, step).slice(-BATCHES);
  return last.length === 0 || step > losses.length ? Number.NaN : last.reduce((sum, loss) => sum + loss, 0) / last.length;
}

export interface SensesPlan {
  methods: readonly RobustMethod[];
  /** What the runs with labels have otherwise than the pretraining says. */
  settings: Parameters<typeof applySettings>[1];
  tested: number;
  /** Which of the models are needed; all when absent. */
  needed?: (task: RobustTask) => boolean;
}

/** Every method's accuracies, in percent, as performance and robustness of some test subsets. */
export type Measured = (method: RobustMethod, which: Selection) => { performance: number; robustness: number };

/** Labels for every subset of the senses in turn, tests on every subset (multimodal.md 7). */
export async function sensesOf(
  { config: pretrained, weights }: Pretrained,
  { methods, settings, tested, needed }: SensesPlan,
  dataset: Dataset,
  tell: Tell,
): Promise<Measured> {
  const config = applySettings(robustRun(pretrained), settings);
  const { seed } = config.optimiser;
  const plan = { config, weights, seeds: [seed], methods, baselines: [], alphas: [], scratchSteps: 1, testSamples: tested };
  const rows: RobustnessRow[] = [];
  for await (const event of runRobustness(plan, dataset, undefined, needed)) {
    if (isRow(event)) rows.push(event);
    else tell(`${event.task.method}, ${event.task.trainedOn.join('+')}`, event.done, event.total);
    await letSignalsIn();
  }
  return (method, which) => {
    const { performance, robustness } = robustnessOf(tableOf(rows, sensesIn(config), { method, seed }), which);
    return { performance: 100 * performance, robustness: 100 * robustness };
  };
}
