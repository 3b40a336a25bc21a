/** The index of kept runs, in the browser's database. */
import type { KeepingDatabase } from './database.ts';
import type { RunEntry } from './entries.ts';
import { storageError } from './fileStore.ts';

export interface RunIndex {
  /** As they were written, by whatever version: see `readEntry`. */
  all(): Promise<unknown[]>;
  get(id: string): Promise<unknown>;
  /**
   * Reads and writes in one: page, trainer and other tabs write the same entries, and none undoes what another has just done.
   *
   * @param change of what lies there, or nothing; undefined leaves it as it is
   * @throws StorageFullError when the browser has no room
   */
  update(id: string, change: (before: unknown) => RunEntry | undefined): Promise<void>;
  remove(id: string): Promise<void>;
}

export class DatabaseIndex implements RunIndex {
  constructor(private readonly database: KeepingDatabase) {}

  async all(): Promise<unknown[]> {
    return (await this.database.connect()).getAll('entries');
  }

  async get(id: string): Promise<unknown> {
    return (await this.database.connect()).get('entries', id);
  }

  async update(id: string, change: (before: unknown) => RunEntry | undefined): Promise<void> {
    const database = await this.database.connect();
    try {
      // Such transactions wait for each other, whichever tab or worker they are of.
      const { store, done } = database.transaction('entries', 'readwrite');
      const after = change(await store.get(id));
      await Promise.all([after && store.put(after), done]);
    } catch (error) {
      throw storageError(error);
    }
  }

  async remove(id: string): Promise<void> {
    await (await this.database.connect()).delete('entries', id);
  }
}
