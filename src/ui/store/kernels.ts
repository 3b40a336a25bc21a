/** What the kernels of one measured step cost. */
import type { KernelTiming } from '../../engine/stepper.ts';
import type { Phase, TrainerEvent } from '../../worker/protocol.ts';

export interface KernelReport {
  step: number;
  /** Longest first. */
  timings: readonly KernelTiming[];
  /** All kernels together. */
  milliseconds: number;
  /** What a plain matrix product reaches on this device. */
  peakGflops: number;
}

export interface KernelsState {
  /** A step was asked for and has not been measured yet. */
  measuring: boolean;
  report: KernelReport | null;
}

export const NOT_MEASURED: KernelsState = { measuring: false, report: null };

export function kernelReport({ step, timings, peakGflops }: Extract<TrainerEvent, { type: 'kernels' }>): KernelReport {
  const milliseconds = timings.reduce((sum, timing) => sum + timing.milliseconds, 0);
  return { step, timings, milliseconds, peakGflops };
}

/** A run that has ended or failed measures nothing any more. */
export function kernelsInPhase(kernels: KernelsState, phase: Phase): KernelsState {
  const over = phase === 'finished' || phase === 'failed';
  return over && kernels.measuring ? { ...kernels, measuring: false } : kernels;
}

/** Share of the measured step, 0 to 1. */
export function shareOfStep({ milliseconds }: KernelTiming, report: KernelReport): number {
  return report.milliseconds === 0 ? 0 : milliseconds / report.milliseconds;
}

/** GFLOP/s of a kernel; null where operations were not counted, or the clock was too coarse to see it. */
export function rateOf({ flops, milliseconds }: KernelTiming): number | null {
  return flops === 0 || milliseconds === 0 ? null : flops / milliseconds / 1e6;
}
