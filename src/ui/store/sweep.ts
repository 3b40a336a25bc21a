/** Points that are measured, on the Compare page or for a card of a paper: what is chosen, how far it is, what was found. The state itself comes with them. */

import type { CardSize } from '../../config/figures/card.ts';
import type { SweepProblem } from '../../config/sweep/check.ts';
import type { Sweep, SweepBaseline, SweepMeasure } from '../../config/sweep/sweep.ts';
import type { SweepProgress, SweepResult } from '../../trainer/sweep/plan.ts';

/** As the form has it: values are what somebody typed. */
export interface SweepChoice {
  path: string;
  values: string;
  /** Empty for one setting alone. */
  secondPath: string;
  secondValues: string;
  /** How many. */
  seeds: number;
  measures: readonly SweepMeasure[];
  baselines: readonly SweepBaseline[];
  /** Of each pretraining. */
  steps: number;
  /** At which each is looked at on its way, as somebody typed them; empty for its end. */
  looks: string;
  labelsPerClass: number;
  /** Of each fine-tuning. */
  labelSteps: number;
}

/** @typeParam A what was asked, from which the points follow */
export interface PointReport<A> {
  sweep: A;
  datasetName: string;
  /** Tells files of somebody's own from others (`sayFiles`); absent of built-in samples, and in reports of 0.4. */
  samples?: string;
  devices: readonly string[];
  results: readonly SweepResult[];
  /** Keys of points that are not wanted. */
  skipped: readonly string[];
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  problem: string | null;
}

export type SweepReport = PointReport<Sweep>;

/** A card of a paper, at one of its sizes, and whether it learns from the visitor's files. */
export interface AskedCard {
  card: string;
  size: CardSize;
  files: boolean;
}

export type CardReport = PointReport<AskedCard>;

export interface PointWork {
  preparing: { task: string; done: number; total: number } | null;
  progress: SweepProgress | null;
  /** It ends once it is known how long it would take. */
  estimateOnly: boolean;
  secondsLeft: number | null;
}

export interface PointState<A> {
  work: PointWork | null;
  report: PointReport<A> | null;
  problems: readonly SweepProblem[];
  /** Seconds that what is chosen would take, where that was asked. */
  estimate: { seconds: number; points: number } | null;
}

export interface SweepState extends PointState<Sweep> {
  choice: SweepChoice;
}
