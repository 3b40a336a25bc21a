/** "Was it worth it?": what is compared, how far it is, what came out; and the table of what steps cost. */
import type { DatasetName } from '../../config/datasets.ts';
import type { Gallery } from '../../data/gallery.ts';
import type { EfficiencyProgress } from '../../trainer/study/efficiency.ts';
import type { Cost, Learned, Protocol, StudyProgress, StudyResult } from '../../trainer/study/plan.ts';

export interface StudyChoice {
  /** Ids of the kept runs that take part. */
  runs: readonly string[];
  /** Compare with training from scratch, and with an encoder of random weights. */
  scratch: boolean;
  random: boolean;
  /** Every two runs together, and two seeds of each. */
  ensembles: boolean;
  protocols: readonly Protocol[];
  /** The labelled pictures. */
  dataset: DatasetName;
  /** A person chose them: they no longer follow the runs that are ticked. */
  picked: boolean;
  /** Labels of each class; 0 takes all. */
  sizes: readonly number[];
  /** How many. */
  seeds: number;
  /** Of fine-tuning. */
  steps: number;
}

/** Where on the form a problem belongs. */
export type StudyPlace = 'runs' | 'labels' | 'form';

export interface StudyProblem {
  at: StudyPlace;
  message: string;
}

/** A study that runs, or ran, and what it has found. */
export interface StudyReport {
  /** Names of the contenders, in their order; and what their pretraining took, where that is known. */
  contenders: readonly {
    name: string;
    pretrained: boolean;
    pretraining: Cost | null;
    learned?: Learned;
    model?: string;
    members?: readonly number[];
  }[];
  protocols: readonly Protocol[];
  sizes: readonly number[];
  seeds: readonly number[];
  datasetName: string;
  /** Tasks of the whole plan. */
  total: number;
  /** What it runs on; null until the engine has started. */
  device: string | null;
  /** The pictures that mistakes refer to. */
  test: Gallery | null;
  /** What to know before believing the results, in sentences; absent in reports of earlier versions. */
  warnings?: readonly string[];
  results: readonly StudyResult[];
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  /** Why it failed. */
  problem: string | null;
}

export interface StudyWork {
  /** What is done before the first task begins. */
  preparing: { task: string; done: number; total: number } | null;
  progress: StudyProgress | null;
  secondsLeft: number | null;
}

export interface EfficiencyReport {
  device: string;
  progress: EfficiencyProgress;
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
  problem: string | null;
}

export interface StudyState {
  choice: StudyChoice;
  work: StudyWork | null;
  report: StudyReport | null;
  problem: StudyProblem | null;
  efficiency: EfficiencyReport | null;
  /** The efficiency worker is under way. */
  measuring: boolean;
  /** The page whose points are measured: a sweep's, or a card's of a paper. */
  sweeping: 'Compare' | 'Papers' | null;
}

export const NO_STUDY: StudyState = {
  choice: {
    runs: [],
    scratch: true,
    random: true,
    ensembles: false,
    protocols: ['finetune', 'linear', 'knn'],
    dataset: 'scenes',
    picked: false,
    sizes: [10, 50],
    seeds: 3,
    steps: 300,
  },
  work: null,
  report: null,
  problem: null,
  efficiency: null,
  measuring: false,
  sweeping: null,
};

/** An entry more or one less, in the order of `all`. */
export function toggled<T>(all: readonly T[], chosen: readonly T[], entry: T): T[] {
  return all.filter((other) => (other === entry ? !chosen.includes(other) : chosen.includes(other)));
}
