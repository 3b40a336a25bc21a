/** `--checkpoint`: the whole run in a file, every now and then. */
import { FileWriteError } from '../../base/errors.ts';
import { writeRunFile } from '../../io/runFile.ts';
import type { RunHistory } from '../../trainer/history.ts';
import type { Run } from '../../trainer/run.ts';
import { runAbout } from '../../trainer/runAbout.ts';
import { removeUnfinished, writeAtomic } from '../atomicFile.ts';
import { lock } from './lock.ts';

/** A write may take this share of the time: one that took 2 s is not repeated within 100. */
const MOST_SHARE = 0.02;

export interface CheckpointSettings {
  file: string;
  /** Seconds between two writes. */
  every: number;
}

export class CheckpointFile {
  private readonly unlock: () => void;
  /** Of the file that the run goes on from, 0 where there is none; later of the one that was written last. */
  sequence = 0;
  private due = 0;
  private savedStep = -1;

  /**
   * Locks the file; nothing is written yet.
   *
   * @param onSaved hears of every write
   * @throws BadSettingError when another process writes it
   */
  constructor(
    readonly settings: CheckpointSettings,
    private readonly onSaved: (step: number) => void,
  ) {
    this.unlock = lock(settings.file);
    removeUnfinished(settings.file);
    this.due = performance.now() + 1000 * settings.every;
    // Whatever ends the process: a lock that is left behind would have to be explained.
    process.once('exit', this.unlock);
  }

  /** Whether the run should be saved as soon as no step is under way. */
  get isDue(): boolean {
    return performance.now() >= this.due;
  }

  /**
   * Writes the run as it is now; no step may be under way. Does nothing at a step that is written already.
   *
   * @param page see `RunRecord.page`
   * @throws FileWriteError when it cannot be; the file is then as it was
   */
  async save(run: Run, history: RunHistory, page?: unknown): Promise<void> {
    if (run.steps === this.savedStep && !run.halted) return;
    const began = performance.now();
    try {
      const state = await run.snapshot();
      const { header, body } = writeRunFile(run.parameters.placements, state, runAbout(run, history, page), this.sequence + 1);
      writeAtomic(this.settings.file, [header, ...body]);
      this.sequence += 1;
      this.savedStep = run.steps;
      this.onSaved(run.steps);
    } finally {
      const now = performance.now();
      this.due = now + Math.max(1000 * this.settings.every, (now - began) / MOST_SHARE);
    }
  }

  /** As `save`, where training goes on without: says what went wrong, and tries again when it is next due. */
  async trySave(run: Run, history: RunHistory, note: (line: string) => void, page?: unknown): Promise<void> {
    try {
      await this.save(run, history, page);
    } catch (error) {
      if (!(error instanceof FileWriteError)) throw error;
      note(`Not saved at step ${run.steps}: ${error.message} Training goes on.`);
    }
  }

  close(): void {
    process.removeListener('exit', this.unlock);
    this.unlock();
  }
}
