/** The newest state of a run that was read back: what a lost device costs, and what is written of the run. */
import { type RunAbout, writeRunFile } from '../io/runFile.ts';
import type { RunState } from '../io/runState.ts';
import type { RunHistory } from '../trainer/history.ts';
import type { Run } from '../trainer/run.ts';
import { runAbout } from '../trainer/runAbout.ts';
import type { PageRecord } from './keeping/messages.ts';
import type { MadeFile } from './keeping/runWriter.ts';

/** A lost device costs no more than what was done since the last snapshot. */
const SNAPSHOT_STEPS = 50;
const SNAPSHOT_MS = 5000;

export class Snapshots {
  /** None yet means the start. */
  state: RunState | undefined;
  /** What there was to say of the run then: settings change while it goes on. */
  private about: RunAbout | undefined;
  private time = performance.now();

  /** The step that it stands at. */
  get step(): number {
    return this.state?.steps ?? 0;
  }

  isDue(steps: number): boolean {
    return steps - this.step >= SNAPSHOT_STEPS || (steps > this.step && performance.now() - this.time >= SNAPSHOT_MS);
  }

  /** No step may be under way. */
  async take(run: Run, history: RunHistory): Promise<void> {
    const about = runAbout(run, history);
    this.state = await run.snapshot();
    this.about = about;
    this.time = performance.now();
  }

  /** Those of the same run before its device was lost. */
  takeOver({ state, about, time }: Snapshots): void {
    this.state = state;
    this.about = about;
    this.time = time;
  }

  /**
   * The run as it was then, as a file.
   *
   * @param sequence one more than in its last file
   * @param page what the page wants back with it
   */
  file({ parameters }: Run, sequence: number, page: PageRecord | undefined): MadeFile {
    const { state, about } = this;
    if (state === undefined || about === undefined) throw new Error('nothing was read back yet');
    const { steps } = state;
    const told = page === undefined ? about : { ...about, page };
    return { parts: writeRunFile(parameters.placements, state, told, sequence), record: { ...told, steps } };
  }
}
