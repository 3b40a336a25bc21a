/** What the bench found. Plain data. */

/** Numbers that do not exist are null: wasm has no dispatches, and nothing that was not executed has a time. */
export interface BenchRow {
  contender: string;
  /** See `Contender.about`. */
  about?: string;
  /** Of whole steps: batch, upload, loss, gradient and update, until the device is done. */
  medianMs: number | null;
  fastestMs: number | null;
  /** Median time that a step keeps its thread busy, until it first waits for the GPU. See `GpuMeter.waitedAt`. */
  jsMs: number | null;
  /** Compute dispatches and queue submits of one step. */
  dispatches: number | null;
  submits: number | null;
  /** Most bytes that the contender's GPU buffers have taken at one time, warm-up included. */
  gpuBytes: number | null;
  /** By the step's count of operations (`stepFlops`) and `medianMs`. */
  gflops: number | null;
  /** `gflops` over the peak. */
  shareOfPeak: number | null;
  /** Loss of every step that was compared, from step 1 on. */
  losses: number[];
}

/** How far the contenders were apart, at which steps (counted from 1). */
export interface Parity {
  steps: number[];
  /** The largest relative difference. */
  difference: number;
}

/** The best plain f32 matrix product that any contender reached here. */
export interface Peak {
  gflops: number;
  /** Of the square matrices. */
  side: number;
  contender: string;
}

/** Who was asked for and did not take part. */
export interface Absent {
  contender: string;
  why: string;
}

export interface BenchReport {
  /** Timed steps of each contender; 0 when nothing is executed. */
  steps: number;
  flopsPerStep: number;
  /** Null when nothing is executed, or there was nobody to compare with. */
  parity: Parity | null;
  peak: Peak | null;
  /** Median time to draw one batch and its puzzle, which is part of every contender's step. */
  batchMs: number;
  rows: BenchRow[];
  absent: Absent[];
}

export interface BenchProgress {
  phase: 'preparing' | 'comparing losses' | 'warming up' | 'counting' | 'timing' | 'multiplying';
  contender: string;
  done: number;
  total: number;
}
