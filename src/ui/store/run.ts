/** What is known of the run under way: its phase, its speed, what it is busy with. */
import { withSetting } from '../../config/settings.ts';
import type { BackendInfo } from '../../engine/backend.ts';
import type { MaskSaving } from '../../trainer/maskSaving.ts';
import type { StepReport } from '../../trainer/reports.ts';
import type { Phase, RunInfo, TrainerEvent } from '../../worker/protocol.ts';

type EventOf<T extends TrainerEvent['type']> = Extract<TrainerEvent, { type: T }>;

export interface Progress {
  task: string;
  done: number;
  total: number;
  /** `performance.now()` when the task was first heard of. */
  startedAt: number;
}

export interface RunState {
  backend: BackendInfo | null;
  info: RunInfo | null;
  /** Name of the weights that the run started from; null when they were random. */
  origin: string | null;
  phase: Phase;
  /** The visitor wants it to train; the phase follows when the trainer is ready for it. */
  wanted: boolean;
  step: number;
  /** The end, in steps, whose news somebody has put away. */
  endSeen: number | null;
  /** Time of one step, smoothed; null before the first. */
  stepMilliseconds: number | null;
  memoryBytes: number;
  progress: Progress | null;
  /** What several masks of a picture save; null until somebody has asked. */
  maskSaving: MaskSaving | null;
  measuringMasks: boolean;
}

export const NO_RUN: RunState = {
  backend: null,
  info: null,
  origin: null,
  phase: 'opening',
  wanted: false,
  step: 0,
  endSeen: null,
  stepMilliseconds: null,
  memoryBytes: 0,
  progress: null,
  maskSaving: null,
  measuringMasks: false,
};

/** Long enough that the number can be read, short enough that a new batch size shows at once. */
const SMOOTHING = 0.9;
/** A step this many times as quick as those before it shows that those were compiling: they are forgotten. */
const START_UP = 3;

export function withSteps(run: RunState, steps: readonly StepReport[], memoryBytes: number): RunState {
  const stepMilliseconds = steps.reduce<number | null>((mean, { milliseconds }) => {
    if (mean === null || milliseconds * START_UP < mean) return milliseconds;
    return SMOOTHING * mean + (1 - SMOOTHING) * milliseconds;
  }, run.stepMilliseconds);
  return { ...run, step: steps.at(-1)?.step ?? run.step, stepMilliseconds, memoryBytes };
}

/** A task keeps its starting time while it goes on, and is forgotten when it is done. */
export function nextProgress(
  progress: Progress | null,
  { task, done, total }: { task: string; done: number; total: number },
  now: number,
): Progress | null {
  if (done >= total) return null;
  return { task, done, total, startedAt: progress?.task === task ? progress.startedAt : now };
}

/** Seconds until a task is done, judged by its pace so far; null while there is too little to judge by. */
export function secondsLeft({ done, total, startedAt }: Progress, now: number): number | null {
  const elapsed = (now - startedAt) / 1000;
  if (done <= 0 || elapsed < 0.5) return null;
  return (elapsed * (total - done)) / done;
}

/** A setting that the run took over as it goes. */
export function withLiveSetting(run: RunState, { path, value, stepGflop }: EventOf<'set'>): RunState {
  if (run.info === null) return run;
  return { ...run, info: { ...run.info, config: withSetting(run.info.config, path, value), stepGflop } };
}

/** A phase that the trainer entered. It decides what is wanted too, except while a run is only being made or brought back. */
export function withPhase(run: RunState, phase: Phase, step: number): RunState {
  const between = phase === 'opening' || phase === 'ready' || phase === 'recovering';
  const wanted = between ? run.wanted : phase === 'running';
  return { ...run, phase, step, wanted, progress: phase === 'failed' ? null : run.progress };
}
