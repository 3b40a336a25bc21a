/** From what is chosen on the page to the plan of a robustness study, and how long it still takes. */
import { crc32 } from '../../base/crc32.ts';
import { modalityOf } from '../../config/modalities.ts';
import { RESULTS_VERSION } from '../../config/resultsVersion.ts';
import { ROBUST_BASELINES, ROBUST_METHODS } from '../../config/robustMethods.ts';
import { robustRun } from '../../config/robustRun.ts';
import type { RunConfig } from '../../config/run.ts';
import { subsetName } from '../../config/subsets.ts';
import { type RobustnessPlan, type RobustnessProgress, type RobustTask, rowNames } from '../../trainer/robustness/plan.ts';
import type { Asked, RobustnessChoice } from '../store/robustness.ts';

export const ALPHAS = [0.25, 0.5, 0.75, 0.9] as const;
/** Share of WiSE-FT that the paper takes. */
export const PAPER_ALPHA = 0.75;
export const MOST_ROBUST_SEEDS = 5;
/** Encoders that know nothing need more steps than pretrained ones (multimodal.md 7). */
const SCRATCH_STEPS = 600;
const TEST_SAMPLES = 1000;
/** Test samples that the switchboard of a cell goes through. */
const SHOWN_SAMPLES = 48;

/** Whether labels for some senses can start from such a run. */
export function isPretrainedOnSenses(config: RunConfig): boolean {
  const { objective } = config.task;
  return modalityOf(config) === 'pair' && (objective === 'contrastive' || objective === 'multimodalMae');
}

export function askedOf({ methods, baselines, alphas, seeds, labelsPerClass }: RobustnessChoice): Asked {
  return {
    methods: ROBUST_METHODS.filter((method) => methods.includes(method)),
    baselines: ROBUST_BASELINES.filter((baseline) => baselines.includes(baseline)),
    alphas: alphas.toSorted((a, b) => a - b),
    seeds: Array.from({ length: seeds }, (_, i) => i + 1),
    labelsPerClass,
  };
}

/** @param pretrained settings of the run that `weights` are of */
export function robustnessPlan(
  { methods, baselines, alphas, seeds, labelsPerClass }: Asked,
  pretrained: RunConfig,
  weights: Uint8Array,
): RobustnessPlan {
  const config = robustRun(pretrained);
  return {
    config: { ...config, robust: { ...config.robust, labelsPerClass } },
    weights,
    seeds,
    methods,
    baselines,
    alphas,
    scratchSteps: SCRATCH_STEPS,
    testSamples: TEST_SAMPLES,
    shownSamples: SHOWN_SAMPLES,
  };
}

/**
 * Names all that decides the numbers of a study's rows; which rows are asked for does not.
 *
 * @param data names what is learned from, where it is somebody's own
 */
export function keyOf({ config, weights, scratchSteps, testSamples }: RobustnessPlan, data: string): string {
  const print = weights instanceof Uint8Array ? crc32(weights) : 0;
  // Weights of a run hold its seed; each row has its own.
  return JSON.stringify([RESULTS_VERSION, config, print, scratchSteps, testSamples, data]);
}

/** A share of a training below this says too little about the rest. */
const TELLING_SHARE = 0.05;
/** Share of a model's time that training takes, of methods that train: testing follows it. */
const TRAINING = 0.9;

export class RobustnessPace {
  private readonly times = new Map<RobustTask['method'], number[]>();
  private begun: { index: number; method: RobustTask['method']; at: number } | undefined;
  private readonly left: readonly (RobustTask['method'] | null)[];

  /** @param known names of rows that are there: models whose rows all are take no time */
  constructor(plan: Pick<RobustnessPlan, 'alphas'>, tasks: readonly RobustTask[], known: ReadonlySet<string>) {
    this.left = tasks.map((task) => (rowNames(plan, task).every((name) => known.has(name)) ? null : task.method));
  }

  /** @returns seconds; null while some method has not been timed */
  secondsLeft({ done, task, doing, share }: RobustnessProgress, now: number): number | null {
    if (this.begun !== undefined && this.begun.index !== done) {
      const { method, at } = this.begun;
      this.times.set(method, [...(this.times.get(method) ?? []), now - at]);
    }
    if (this.begun?.index !== done) this.begun = { index: done, method: task.method, at: now };
    const elapsed = now - this.begun.at;
    const telling = doing === 'training' && share > TELLING_SHARE;
    const whole = this.typical(task.method) ?? (telling ? elapsed / (TRAINING * share) : null);
    let left = whole === null ? null : Math.max(0, whole - elapsed);
    for (const method of this.left.slice(done + 1)) {
      if (method === null) continue;
      const time = this.typical(method) ?? (method === task.method ? whole : null);
      left = left === null || time === null ? null : left + time;
    }
    return left === null ? null : left / 1000;
  }

  /** Milliseconds. Both kinds of MASD take alike. */
  private typical(method: RobustTask['method']): number | null {
    const other = method === 'MASD' ? 'MASD*' : method === 'MASD*' ? 'MASD' : method;
    const times = this.times.get(method) ?? this.times.get(other) ?? [];
    return times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0) / times.length;
  }
}

/** "FT, labels for picture + sound, seed 1" */
export function sayTask({ method, trainedOn, seed }: RobustTask): string {
  return `${METHOD_NAMES[method]}, labels for ${subsetName(trainedOn).replaceAll('+', ' + ')}, seed ${seed}`;
}

export const METHOD_NAMES: Readonly<Record<RobustTask['method'], string>> = {
  LP: 'LP',
  FT: 'FT',
  MASD: 'MASD',
  'MASD*': 'MASD*',
  random: 'Random, frozen',
  scratch: 'From scratch',
};
