/** Writes one run: it alone may, knows what it wrote last, and tells the index. */
import type { RunFileParts } from '../../io/runFile.ts';
import { isKept, type ListedRecord, type RunEntry } from './entries.ts';
import { StorageBusyError } from './fileStore.ts';
import type { KeptFile, RunFolder } from './runFolder.ts';
import { newRunId } from './runId.ts';
import { lockRun, type Release } from './runLock.ts';
import type { RunStore } from './runStore.ts';

/** A run's file, and what it says. */
export interface MadeFile {
  parts: RunFileParts;
  record: ListedRecord;
}

export interface Written {
  bytes: number;
  /** Everything that was kept had been cleared away meanwhile. */
  wasGone: boolean;
}

export class RunWriter {
  /** Distinguishes this writer from others where there are no locks. */
  private readonly token = newRunId();
  private wrote = false;
  /** Whether `sequence` is that of what lies there. */
  private isAbreast = false;

  private constructor(
    private readonly store: RunStore,
    readonly id: string,
    private readonly folder: RunFolder,
    private readonly release: Release,
    /** Of the file that was written last. */
    private sequence = 0,
  ) {}

  /** Null when another tab writes this run. */
  static async open(store: RunStore, id: string): Promise<RunWriter | null> {
    const release = await lockRun(id);
    return release && new RunWriter(store, id, store.folder(id), release);
  }

  /** What is there, to go on from. @throws NotKeptError, DamagedRunError, NewerRunError */
  async read(): Promise<KeptFile> {
    const file = await this.store.read(this.id, this.folder);
    this.sequence = file.sequence;
    this.isAbreast = true;
    return file;
  }

  /**
   * Whether what is there is not to be written over, whatever the page knew when it went on: another step of a run that is kept (`isKept`), one
   * that somebody deleted, or, for a run that was gone back to, later steps that another tab has done since.
   */
  async wouldOverwrite(step: number): Promise<boolean> {
    const entry = await this.store.entry(this.id);
    if (entry === undefined) return false;
    return entry.deletedAt !== null || (isKept(entry) && entry.step !== step) || (!this.isAbreast && entry.step > step);
  }

  /**
   * @param make the file, given its sequence
   * @param more what the index is to know beside it
   * @throws StorageFullError, StorageBusyError; the newest file is still whole then
   */
  async write(make: (sequence: number) => MadeFile, more: Partial<RunEntry>): Promise<Written> {
    const writer = (await this.store.entry(this.id))?.writer ?? null;
    if (this.wrote && writer !== null && writer !== this.token) throw new StorageBusyError();
    const wasGone = await this.folder.isGone();
    if (!this.isAbreast) this.sequence = await this.folder.newestSequence();
    this.isAbreast = true;
    const { parts, record } = make(this.sequence + 1);
    await this.folder.write(parts);
    this.sequence += 1;
    this.wrote = true;
    const bytes = parts.body.reduce((sum, { length }) => sum + length, parts.header.length);
    await this.store.noteWritten(this.id, record, bytes, { ...more, writer: this.token });
    return { bytes, wasGone };
  }

  writeBoard(board: Uint8Array): Promise<void> {
    return this.folder.writeBoard(board);
  }

  /** Another tab may write it from now on. */
  close(): void {
    this.release();
  }
}
