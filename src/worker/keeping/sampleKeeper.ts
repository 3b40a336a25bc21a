/** Keeps the samples that a run learns from, once, where somebody brought them. */
import type { Dataset } from '../../data/samples.ts';
import { storeDataset } from '../../data/storedDataset.ts';
import type { RunEntry } from './entries.ts';
import { StorageFullError } from './fileStore.ts';
import { LARGE_FILES, UNKNOWN_FILES } from './problems.ts';
import type { RunStore } from './runStore.ts';

export class SampleKeeper {
  private key: string | null = null;
  private isDone = true;
  private files: Dataset | undefined;

  /** Another run begins, or what was kept is gone. @param files undefined for samples that are drawn */
  begin(files: Dataset | undefined = this.files): void {
    this.files = files;
    this.key = null;
    this.isDone = files === undefined;
  }

  /** Where they lie, once they do. */
  get noted(): Partial<RunEntry> {
    return this.key === null ? {} : { data: this.key };
  }

  get hasNews(): boolean {
    return !this.isDone;
  }

  /** Once the run itself is there. @returns a sentence for people when they are not kept */
  async work(store: RunStore, id: string): Promise<string | undefined> {
    const { files } = this;
    this.isDone = true;
    const stored = files && storeDataset(files);
    if (stored === undefined) return UNKNOWN_FILES;
    try {
      if (!(await store.data.keep(stored))) return LARGE_FILES;
    } catch (error) {
      if (error instanceof StorageFullError) return LARGE_FILES;
      throw error;
    }
    this.key = stored.key;
    await store.noteSamples(id, stored.key);
    return undefined;
  }
}
