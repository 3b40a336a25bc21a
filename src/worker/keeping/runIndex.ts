/** The index of kept runs, in the browser's database. */
import type { KeepingDatabase } from './database.ts';
import type { RunEntry } from './entries.ts';
import { storageError } from './fileStore.ts';

export interface RunIndex {
  /** As they were written, by whatever version: see `readEntry`. */
  all(): Promise<unknown[]>;
  get(id: string): Promise<unknown>;
  put(entry: RunEntry): Promise<void>;
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

  /** @throws StorageFullError when the browser has no room */
  async put(entry: RunEntry): Promise<void> {
    try {
      await (await this.database.connect()).put('entries', entry);
    } catch (error) {
      throw storageError(error);
    }
  }

  async remove(id: string): Promise<void> {
    await (await this.database.connect()).delete('entries', id);
  }
}
