/** Between a run and what takes its place: what is remembered until the other is there, or is refused. */
import type { RunConfig } from '../../config/run.ts';
import type { RunCause } from '../../worker/protocol.ts';
import type { BoardState } from '../store/board.ts';
import type { CurvesState } from '../store/curves.ts';
import type { FineTuning } from '../store/fineTune.ts';
import { type AppStore, update } from '../store/store.ts';

/** What is needed to bring back a run that was started over. */
export interface Kept {
  config: RunConfig;
  step: number;
  weights: Uint8Array;
  curves: CurvesState;
  frames: BoardState['frames'];
  origin: string | null;
  fineTuning: FineTuning | null;
}

/** A run that makes place for another. `kept` is filled once its weights have arrived. */
interface Leaving {
  kept: Kept | null;
}

export class Handover {
  /** The run that the coming one takes the place of, and who wants to know of it then. */
  private leaving: { run: Leaving; tell: (kept: Kept) => void } | null = null;
  /** What is to be done when weights that were sent are in the model, in the order of sending. */
  private readonly loads: (() => void)[] = [];
  private returning = false;

  /** @param askForWeights of the run under way; gives null when they are lost */
  constructor(
    private readonly store: AppStore,
    private readonly askForWeights: (take: (bytes: Uint8Array | null) => void) => void,
  ) {}

  /** Whether the run that is being made is one of before, which gets its weights back. */
  get isReturning(): boolean {
    return this.returning;
  }

  /**
   * Another run was asked for: `tell` gets the old one, if it had learned anything, once the other is there. Of several that are
   * asked for in a row, all take the place of the same one.
   */
  restart(isComing: boolean, tell: (kept: Kept) => void): void {
    const run = this.leaving?.run ?? this.leave(isComing);
    this.leaving = run === null ? null : { run, tell };
  }

  /** Weights of a file are sent: `tell` gets the run as it was before, null when it had learned nothing, once the model has them. */
  load(isComing: boolean, name: string, tell: (kept: Kept | null) => void): void {
    const old = this.leave(isComing);
    this.loads.push(() => {
      update(this.store, 'run', (run) => ({ ...run, origin: name }));
      tell(old?.kept ?? null);
    });
  }

  /** The weights of an old run are sent: its history comes back with them. */
  bringBack({ curves, frames, origin, fineTuning }: Kept): void {
    this.returning = true;
    this.loads.push(() => {
      this.returning = false;
      this.store.setState(({ run, board, fineTune }) => ({
        run: { ...run, origin },
        curves,
        board: { ...board, frames },
        fineTune: { ...fineTune, run: fineTuning },
      }));
    });
  }

  /** The trainer has a run, and everybody has forgotten the old one. */
  arrived(cause: RunCause, isComing: boolean): void {
    if (cause === 'loaded') this.loads.shift()?.();
    if (cause !== 'reset' || isComing) return;
    const { leaving } = this;
    this.leaving = null;
    if (leaving?.run.kept) leaving.tell(leaving.run.kept);
  }

  /** What was asked for does not come. */
  refused(): void {
    this.leaving = null;
    this.loads.length = 0;
    this.returning = false;
  }

  /** Null when there is nothing to bring back, or the run has been left already. */
  private leave(isComing: boolean): Leaving | null {
    const { run, fineTune } = this.store.getState();
    const { info, phase, origin } = run;
    if (info === null || run.step === 0 || phase === 'failed' || isComing) return null;
    const { config } = info;
    const leaving: Leaving = { kept: null };
    this.askForWeights((weights) => {
      if (weights === null) return;
      // It may have trained on until now, and the page was told of every step.
      const { run: now, curves, board } = this.store.getState();
      leaving.kept = { config, step: now.step, weights, curves, frames: board.frames, origin, fineTuning: fineTune.run };
    });
    return leaving;
  }
}
