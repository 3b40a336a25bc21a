/** The run before: what the page needs to show it again, should somebody go back to it. Its state lies with the trainer. */
import type { RunConfig } from '../../config/run.ts';
import type { LeftRun, LoadOptions, NamedFile, RunCause } from '../../worker/protocol.ts';
import type { BoardState } from '../store/board.ts';
import type { CurvesState } from '../store/curves.ts';
import type { FineTuning } from '../store/fineTune.ts';
import type { KeepingState } from '../store/keeping.ts';
import type { AppStore } from '../store/store.ts';
import type { CostTally, Tallied } from './costTally.ts';

/** The visitor's pictures, as the trainer has them. */
export interface HeldFiles {
  files: readonly NamedFile[];
  options: LoadOptions;
}

export interface Past extends LeftRun {
  config: RunConfig;
  curves: CurvesState;
  frames: BoardState['frames'];
  /** What was pinned. */
  pinned: Pick<BoardState, 'pin' | 'photo'>;
  origin: string | null;
  stepMilliseconds: number | null;
  fineTuning: FineTuning | null;
  keptStep: number | null;
  /** What it was kept under, and goes on being kept under. */
  keeping: Pick<KeepingState, 'id' | 'isKept' | 'name' | 'saved'>;
  tallied: Tallied;
  files: HeldFiles | null;
}

export class History {
  private past: Past | null = null;
  private fresh = false;

  constructor(
    private readonly store: AppStore,
    private readonly tally: CostTally,
  ) {}

  get last(): Past | null {
    return this.past;
  }

  /** Whether the newest run took the place of the last one, and not of another that had learned nothing. */
  get justLeft(): boolean {
    return this.fresh;
  }

  /**
   * The trainer has a run in the place of `current`; the page does not show it yet.
   *
   * @param left the run that the trainer can go back to now
   * @param files pictures of the run that is left
   */
  keep(left: LeftRun | null, current: number, files: HeldFiles | null): void {
    if (left === null) this.past = null;
    if (left === null || left.run !== current) return;
    this.past = this.describe(left, files);
    this.fresh = this.past !== null;
  }

  /** Says what Undo undoes: what `told` hears of is done by then, so that another run which is not left is not told of again. */
  name(what: string, cause: RunCause, told: () => void): void {
    const { past } = this;
    if (past === null) this.store.setState({ undo: null });
    else if (this.fresh) this.store.setState({ undo: { what, step: past.step, redo: cause === 'returned' } });
    told();
    this.fresh = false;
  }

  /** Nothing can be gone back to: the trainer is lost. */
  forget(): void {
    this.past = null;
    this.store.setState({ undo: null });
  }

  /** Shows a run as it was, once the trainer has it again. */
  show({ curves, frames, pinned, origin, stepMilliseconds, fineTuning, keptStep, keeping, tallied }: Past): void {
    this.tally.restore(tallied);
    this.store.setState(({ run, board, fineTune, kept, keeping: now }) => ({
      run: { ...run, origin, stepMilliseconds },
      curves,
      // Frames of another photo must not be drawn over the one of now.
      board: {
        ...board,
        frames,
        pin: pinned.photo !== null && pinned.photo === board.photo ? pinned.pin : Math.max(pinned.pin, board.pin) + 1,
      },
      fineTune: { ...fineTune, run: fineTuning },
      kept: { ...kept, keptStep },
      keeping: { ...now, ...keeping },
    }));
  }

  private describe(left: LeftRun, files: HeldFiles | null): Past | null {
    const { run, curves, board, fineTune, kept, keeping: now } = this.store.getState();
    const { info, origin, stepMilliseconds } = run;
    if (info === null) return null;
    // The fine-tuning that is being made is not what the old run was.
    const fineTuning = fineTune.run?.state === 'making' ? fineTune.replaced : fineTune.run;
    const { config } = info;
    const { frames, pin, photo } = board;
    const pinned = { pin, photo };
    const { keptStep } = kept;
    const keeping = { id: now.id, isKept: now.isKept, name: now.name, saved: now.saved };
    const tallied = this.tally.save();
    return { ...left, config, curves, frames, pinned, origin, stepMilliseconds, fineTuning, keptStep, keeping, tallied, files };
  }
}
