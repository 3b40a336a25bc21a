/** What a run tells the person or the program that started it from the command line. */

import type { BackendName } from '../config/backends.ts';
import type { Scores } from '../config/metrics.ts';
import type { RunConfig } from '../config/run.ts';
import type { ClassCount, LoadReport } from '../data/samples.ts';
import type { BackendInfo } from '../engine/backend.ts';
import type { StepReport } from '../trainer/reports.ts';

export interface RunSummary {
  config: RunConfig;
  /** Over all phases. */
  steps: number;
  dataset: string;
  trainPictures: number;
  testPictures: number;
  /** There were too few pictures to set some aside: the test pictures are training pictures. */
  testIsTrain: boolean;
  backend: BackendInfo;
  params: number;
}

/** What is known at the end; printed as it is with `--json`. */
export interface DoneReport {
  steps: number;
  /** Measured on the test pictures at the run's own mask ratio. */
  scores: Scores;
  /** Standard errors of those scores that are means over pictures. */
  errors: Scores;
  /** There were too few pictures to set some aside: the test pictures are training pictures. */
  testIsTrain: boolean;
  /** The objective's explorer metric by mask ratio. */
  evalMaskRatio: Record<string, number>;
  testPictures: number;
  /** Median over the training steps. */
  msPerStep: number;
  backend: BackendName;
  params: number;
  seed: number;
}

/** What became of the file of `--from`. */
export interface StartReport {
  from: string;
  /** Parameters that the file does not have. */
  added: readonly string[];
  /** Tensors of the file that were not used. */
  unused: readonly string[];
  /** Learned positions that were brought to another grid. */
  resized: readonly string[];
}

/** What became of `--resume`. */
export interface ResumeReport {
  file: string;
  /** Steps that were done before. */
  step: number;
}

/** A checkpoint was written. */
export interface SaveReport {
  step: number;
  file: string;
}

export interface TestReport {
  /** Steps done when it was measured. */
  step: number;
  scores: Scores;
}

export interface Reporter {
  /** What became of the files of `--data` and `--val`, or of what was drawn, and every class with its pictures. */
  loaded(report: LoadReport, classes: readonly ClassCount[]): void;
  opened(run: RunSummary): void;
  started(report: StartReport): void;
  resumed(report: ResumeReport): void;
  saved(report: SaveReport): void;
  stepped(report: StepReport): void;
  tested(report: TestReport): void;
  done(report: DoneReport): void;
}
