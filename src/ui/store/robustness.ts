/** Which senses may be missing: what the robustness study is asked, how far it is, and what it has found. */
import type { Sense } from '../../config/modalities.ts';
import type { RobustBaseline, RobustMethod } from '../../config/robustMethods.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { TestFacts } from '../../trainer/robustness/check.ts';
import type { RobustnessProgress, RobustnessRow } from '../../trainer/robustness/plan.ts';

/** The id of a kept run, or the run under way. */
export type RobustStart = string | 'current';

export interface RobustnessChoice {
  /** Null until somebody chooses: then it is the newest that there is. */
  start: RobustStart | null;
  methods: readonly RobustMethod[];
  baselines: readonly RobustBaseline[];
  /** Shares of WiSE-FT. */
  alphas: readonly number[];
  /** How many. */
  seeds: number;
  labelsPerClass: number;
}

/** What a study was asked. */
export type Asked = Omit<RobustnessChoice, 'start' | 'seeds'> & { seeds: readonly number[] };

export interface RobustnessReport {
  /** All that decides the numbers: a study of the same key goes on where this one stopped. */
  key: string;
  asked: Asked;
  /** The pretrained run. */
  start: RobustStart;
  startName: string;
  senses: readonly Sense[];
  datasetName: string;
  /** Everything that rows of this report were worked out on; empty until the engine has started. */
  devices: readonly string[];
  facts: TestFacts | null;
  /** Test samples whose answers the rows tell; null until the engine has started. Reports of earlier versions have none. */
  shown?: Gallery | null;
  /** What to know before believing the results, in sentences. */
  warnings: readonly string[];
  rows: readonly RobustnessRow[];
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  /** Why it failed. */
  problem: string | null;
}

export interface RobustnessWork {
  /** What is done before the first model begins. */
  preparing: { task: string; done: number; total: number } | null;
  progress: RobustnessProgress | null;
  secondsLeft: number | null;
}

export interface RobustnessState {
  choice: RobustnessChoice;
  work: RobustnessWork | null;
  report: RobustnessReport | null;
  /** Why the study that was asked for last did not begin. */
  problem: string | null;
}

export const NO_ROBUSTNESS: RobustnessState = {
  choice: {
    start: null,
    methods: ['LP', 'FT', 'MASD', 'MASD*'],
    baselines: ['random', 'scratch'],
    alphas: [0.75],
    seeds: 1,
    labelsPerClass: 50,
  },
  work: null,
  report: null,
  problem: null,
};
