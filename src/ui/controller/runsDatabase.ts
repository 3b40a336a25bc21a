/**
 * The browser's own database of kept runs, and of the last study. Fetched when it is first needed. Weights lie apart, so that listing
 * runs reads none.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { KeptRun } from '../store/runs.ts';
import type { StudyReport } from '../store/study.ts';
import { readKeptRun, readStudy } from './readKept.ts';

interface Schema extends DBSchema {
  runs: { key: number; value: KeptRun };
  weights: { key: number; value: Uint8Array };
  /** One entry. */
  studies: { key: typeof LAST; value: StudyReport };
}

const NAME = 'patchwork';
const VERSION = 2;
const LAST = 'last';

export class RunsDatabase {
  private constructor(private readonly database: IDBPDatabase<Schema>) {}

  /** @throws DOMException where the browser gives no database to this page */
  static async open(): Promise<RunsDatabase> {
    const database = await openDB<Schema>(NAME, VERSION, {
      upgrade(fresh, version) {
        if (version < 1) {
          fresh.createObjectStore('runs', { keyPath: 'id' });
          fresh.createObjectStore('weights');
        }
        if (version < 2) fresh.createObjectStore('studies');
      },
      // Another tab wants a newer version: this one must not stand in its way.
      blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
    });
    return new RunsDatabase(database);
  }

  /** `unreadable`: how many more there are that this version cannot show. They are left as they are. */
  async list(): Promise<{ runs: KeptRun[]; unreadable: number }> {
    const records = await this.database.getAll('runs');
    const runs = records.map(readKeptRun).filter((run) => run !== null);
    return { runs, unreadable: records.length - runs.length };
  }

  weights(id: number): Promise<Uint8Array | undefined> {
    return this.database.get('weights', id);
  }

  /** An id that no run has had in this database since the newest was kept; tabs that ask at once are told apart by `put`. */
  async nextId(): Promise<number> {
    const keys = await this.database.getAllKeys('runs');
    return Math.max(0, ...keys) + 1;
  }

  /** Adds a run with its weights, both or neither. @throws DOMException when there is no room, or the id is taken */
  async add(run: KeptRun, weights: Uint8Array): Promise<void> {
    const change = this.database.transaction(['runs', 'weights'], 'readwrite');
    await Promise.all([change.objectStore('runs').add(run), change.objectStore('weights').add(weights, run.id), change.done]);
  }

  async lastStudy(): Promise<StudyReport | undefined> {
    return readStudy(await this.database.get('studies', LAST));
  }

  async keepStudy(report: StudyReport): Promise<void> {
    await this.database.put('studies', report, LAST);
  }

  /** Changes what is known of a run that is there. */
  async update(run: KeptRun): Promise<void> {
    await this.database.put('runs', run);
  }

  async remove(id: number): Promise<void> {
    const change = this.database.transaction(['runs', 'weights'], 'readwrite');
    await Promise.all([change.objectStore('runs').delete(id), change.objectStore('weights').delete(id), change.done]);
  }
}
