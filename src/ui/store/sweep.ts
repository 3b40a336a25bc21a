/** A sweep on the Compare page: what is chosen, how far it is, what it found. The state itself comes with its panel. */

import type { SweepProblem } from '../../config/sweep/check.ts';
import type { Sweep, SweepBaseline, SweepMeasure } from '../../config/sweep/sweep.ts';
import type { SweepOutlook, SweepProgress, SweepResult } from '../../trainer/sweep/plan.ts';

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
  labelsPerClass: number;
  /** Of each fine-tuning. */
  labelSteps: number;
}

export interface SweepReport {
  sweep: Sweep;
  datasetName: string;
  devices: readonly string[];
  results: readonly SweepResult[];
  /** Keys of points that are not wanted. */
  skipped: readonly string[];
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  problem: string | null;
}

export interface SweepWork {
  preparing: { task: string; done: number; total: number } | null;
  progress: SweepProgress | null;
  outlook: SweepOutlook | null;
  /** It ends once it is known how long it would take. */
  estimateOnly: boolean;
  secondsLeft: number | null;
}

export interface SweepState {
  choice: SweepChoice;
  work: SweepWork | null;
  report: SweepReport | null;
  problems: readonly SweepProblem[];
  /** Seconds that the chosen sweep would take, where that was asked. */
  estimate: { seconds: number; points: number } | null;
}
