/** Keeps a run that is under way in its checkpoint, and ends it there when a signal asks for that. */
import type { RunHistory } from '../../trainer/history.ts';
import type { Run } from '../../trainer/run.ts';
import type { Signals } from '../signals.ts';
import type { CheckpointFile } from './checkpointFile.ts';

export interface KeepingParts {
  file: CheckpointFile;
  signals: Signals;
  history: RunHistory;
  /** How one goes on after a signal, for people. */
  how: string;
  note(line: string): void;
  /** See `RunRecord.page`. */
  page?(): unknown;
}

export class RunKeeper {
  /** @param parts absent where nobody asked for a checkpoint: then nothing is kept */
  constructor(
    private readonly run: Run,
    private readonly parts: KeepingParts | undefined,
  ) {}

  /** Whether no further step should start before `betweenSteps`. */
  get wantsToLook(): boolean {
    const { parts } = this;
    return parts !== undefined && (parts.file.isDue || parts.signals.isAsked);
  }

  /**
   * To be called after every step; does something only while none is under way.
   *
   * @throws Stopped after a signal
   * @throws FileWriteError when the run could not be saved then
   */
  async betweenSteps(): Promise<void> {
    const { run, parts } = this;
    if (parts === undefined || run.started !== run.steps) return;
    await this.stopIfAsked();
    if (parts.file.isDue) await parts.file.trySave(run, parts.history, parts.note, parts.page?.());
  }

  /** As `betweenSteps`, where the run stands still for longer. */
  async stopIfAsked(): Promise<void> {
    const { run, parts } = this;
    await parts?.signals.stopIfAsked(() => parts.file.save(run, parts.history, parts.page?.()), parts.how);
  }

  /** Saves the run where it stands: at its end, or where it broke down. */
  async save(): Promise<void> {
    const { run, parts } = this;
    await parts?.file.trySave(run, parts.history, parts.note, parts.page?.());
  }

  /** Does the work within which the calls above are made, and gives the file free. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (this.parts === undefined) return work();
    const { file, signals } = this.parts;
    try {
      return await signals.during(work);
    } finally {
      file.close();
    }
  }
}
