/** What is asked of the kernels of a step, and what was found. Plain data. */
import type { RunConfig } from '../../config/run.ts';
import type { BenchProgress } from '../report.ts';
import type { Speeds } from './costs.ts';

export interface KernelsRequest {
  run: RunConfig;
  /** Timed steps, of either kind. */
  steps: number;
  /** Threads that take part; absent: all. */
  threads?: number;
}

/** All calls of one kernel in a step. Numbers that do not exist are null: nobody knows what a function of tfjs is given. */
export interface KernelRow {
  /** A range kernel of ours, or "tfjs Add". */
  kernel: string;
  calls: number;
  /** Over the steps that were timed. */
  medianMs: number;
  /** Of the times of all kernels, by medians. */
  share: number;
  /** Operations, those of matrix products among them. */
  flops: number | null;
  productFlops: number | null;
  bytes: number | null;
  /** The sum of the floors of its calls. */
  floorMs: number | null;
  /** How much of the floor is that of bytes, 0 to 1. */
  floorOfBytes: number | null;
  /** The floor over the time, each step with the peak beside it: the median. Null too where the clock is too coarse for it. */
  reached: number | null;
}

export interface KernelReport {
  rows: KernelRow[];
  threads: number;
  /** Median milliseconds of a recorded step as it is, and of one that looks at the clock after each call. */
  stepMs: number;
  timedStepMs: number;
  /** Timed steps of each. */
  steps: number;
  /** The peak is the median of products between the steps, of square matrices of this side; bandwidths are the best of copies before and after. */
  speeds: Speeds & { peakSide: number };
  /** `stepFlops`: what is computed twice counts once there. */
  flopsPerStep: number;
}

export interface KernelProgress extends Omit<BenchProgress, 'phase'> {
  phase: 'measuring peak and bandwidth' | 'timing';
}
