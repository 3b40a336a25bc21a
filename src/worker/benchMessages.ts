/** What page and bench say to each other: part of `protocol.ts`. */
import type { ErrorReport } from '../base/errors.ts';
import type { BenchConfigName } from '../bench/configs.ts';
import type { BenchProgress, BenchReport } from '../bench/report.ts';
import type { BackendName } from '../config/backends.ts';

/** Measures one size. A worker does that once; to stop it is to end the worker. */
export type BenchCommand = {
  type: 'measure';
  config: BenchConfigName;
  backend: BackendName;
  /** Timed steps of each contender. */
  steps: number;
  /** See `MeasureOptions`. */
  paritySteps: number;
};

export type BenchEvent =
  /** `share` of the whole, 0 to 1. `secondsLeft` is null while there is too little to judge by. */
  | { type: 'progress'; progress: BenchProgress; share: number; secondsLeft: number | null }
  | { type: 'measured'; device: string; report: BenchReport }
  | { type: 'error'; error: ErrorReport };
