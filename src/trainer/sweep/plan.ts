/** A sweep for somebody who works through it: plain data, which the page and its worker share. */
import type { Settings } from '../../config/field.ts';
import type { SweepPoint } from '../../config/sweep/points.ts';
import type { SweepBaseline } from '../../config/sweep/sweep.ts';
import type { RobustnessRow } from '../robustness/plan.ts';
import type { Answers } from '../study/plan.ts';

export interface SweepPlan {
  points: readonly SweepPoint[];
  /** Most samples that its points are tested on, and measured on. */
  testSamples: number;
}

/** What one point measured. */
export interface SweepResult {
  /** Of the point (`pointKey`). */
  key: string;
  /** `RESULTS_VERSION` of the program that measured it. */
  version: number;
  at: Settings;
  baseline?: SweepBaseline;
  step?: number;
  seed: number;
  /** By measure: "linear", "finetune", a metric's name, "stepTime" in milliseconds, "stepMemory" in MB. */
  values: Readonly<Record<string, number>>;
  /** Of a model of a robustness study, in place of values: what they are follows from all rows of its seed. */
  rows?: readonly RobustnessRow[];
  /** Of a member of ensembles: what these are follows from the answers of all members of its seed. */
  answers?: Answers;
  /** That it took here, its part of a shared pretraining included. */
  seconds: number;
}

/** Where a sweep stands; sent often. */
export interface SweepProgress {
  /** Points finished, of how many. */
  done: number;
  total: number;
  /** Key of the point under way. */
  key: string;
  doing: 'timing' | 'pretraining' | 'measuring' | 'labels';
  /** How much of that is done, 0 to 1. */
  share: number;
}

/** What all of it will take, from a step of each plan that is timed here. */
export interface SweepOutlook {
  /** Of each point that is to be done, in their order. */
  seconds: readonly number[];
}

export type SweepEvent =
  | { type: 'outlook'; outlook: SweepOutlook }
  | { type: 'progress'; progress: SweepProgress }
  | { type: 'point'; result: SweepResult };
