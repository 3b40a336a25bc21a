/**
 * A robustness study: one pretrained model, labels for every subset of the senses in turn, tested on every subset (McKinzie et al. 2023;
 * multimodal.md 5). Plain data, which the page, the worker and the command line share.
 */
import type { Sense } from '../../config/modalities/names.ts';
import type { RobustBaseline, RobustMethod } from '../../config/robustMethods.ts';
import type { RunConfig } from '../../config/run.ts';
import { type Subset, subsetName, subsetsOf } from '../../config/subsets.ts';
import type { Cost } from '../study/plan.ts';

export interface RobustnessPlan {
  /** Settings of the runs with labels (`robust`), whose encoders are those of the pretrained run. */
  config: RunConfig;
  /** safetensors of the pretrained run for each seed; one that is not there has none, and only baselines are possible. */
  weights: ReadonlyMap<number, Uint8Array> | Uint8Array;
  seeds: readonly number[];
  methods: readonly RobustMethod[];
  baselines: readonly RobustBaseline[];
  /** Shares of WiSE-FT, between the linear probe (0) and what was fine-tuned from it (1), at which each is tested too. */
  alphas: readonly number[];
  /** Steps from scratch: encoders that know nothing need more than pretrained ones. */
  scratchSteps: number;
  /** Test samples at most. */
  testSamples: number;
  /** Of so many of them rows tell the answers themselves; none when absent. */
  shownSamples?: number;
}

/** One model to be trained. */
export interface RobustTask {
  method: RobustMethod | RobustBaseline;
  trainedOn: Subset<Sense>;
  seed: number;
}

/** One model, tested on every subset. */
export interface RobustnessRow {
  method: RobustMethod | RobustBaseline;
  /** Share of WiSE-FT; absent for the model as it was trained. */
  alpha?: number | undefined;
  /** "picture+sound" */
  trainedOn: string;
  seed: number;
  /** Of every subset in the order of `subsetsOf`: share of the test samples that have it whose class is the most probable. */
  accuracy: number[];
  /** Test samples that have each subset. */
  counts: number[];
  /** Of the training; absent for interpolated models. */
  cost?: Cost | undefined;
  /** (shown samples, subsets, classes) probabilities, where the plan asks for them; those of senses that a sample lacks mean nothing. */
  answers?: Float32Array | undefined;
}

export interface RobustnessProgress {
  /** Trained models finished, of how many. */
  done: number;
  total: number;
  task: RobustTask;
  doing: 'reading' | 'fitting' | 'training' | 'testing';
  /** How much of that is done, 0 to 1. */
  share: number;
}

export function isRow(event: RobustnessProgress | RobustnessRow): event is RobustnessRow {
  return 'accuracy' in event;
}

/**
 * Every model of a plan, in the order in which it is worked through: seed by seed, and row by row of the table, singles first, so that it
 * fills from the top. Nothing is left to teach where all senses have labels: MASD is fine-tuning there, and is not trained again.
 */
export function robustTasks(
  { seeds, methods, baselines }: Pick<RobustnessPlan, 'seeds' | 'methods' | 'baselines'>,
  senses: Subset<Sense>,
): RobustTask[] {
  const subsets = subsetsOf(senses);
  return seeds.flatMap((seed) =>
    subsets.flatMap((trainedOn) =>
      [...methods, ...baselines]
        .filter((method) => !(isDistilled(method) && trainedOn.length === senses.length))
        .map((method) => ({ method, trainedOn, seed })),
    ),
  );
}

export function isDistilled(method: RobustTask['method']): boolean {
  return method === 'MASD' || method === 'MASD*';
}

/** Shares of WiSE-FT at which a task's model is tested beside what training made of it. */
export function alphasOf({ alphas }: Pick<RobustnessPlan, 'alphas'>, { method }: Pick<RobustTask, 'method'>): readonly number[] {
  return method === 'FT' || isDistilled(method) ? alphas : [];
}

/** Names a row. */
export function rowName({
  method,
  trainedOn,
  seed,
  alpha,
}: Omit<RobustnessRow, 'accuracy' | 'counts' | 'cost' | 'answers'>): string {
  return [method, trainedOn, seed, ...(alpha === undefined ? [] : [alpha])].join(' ');
}

/** The names of all rows that a task makes, in their order. */
export function rowNames(plan: Pick<RobustnessPlan, 'alphas'>, { method, trainedOn, seed }: RobustTask): string[] {
  const row = { method, trainedOn: subsetName(trainedOn), seed };
  return [rowName(row), ...alphasOf(plan, row).map((alpha) => rowName({ ...row, alpha }))];
}
