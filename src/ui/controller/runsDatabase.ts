/**
 * The browser's own database of kept runs, and of the last study. Fetched when it is first needed. Weights lie apart, so that listing
 * runs reads none.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RobustnessReport } from '../store/robustness.ts';
import type { KeptRun } from '../store/runs.ts';
import type { StudyReport } from '../store/study.ts';
import { readKeptRun, readRobustness, readStudy } from './readKept.ts';

interface Schema extends DBSchema {
  runs: { key: number; value: KeptRun };
  weights: { key: number; value: Uint8Array };
  /** The last study of either kind. */
  studies: { key: typeof LAST | typeof ROBUSTNESS; value: StudyReport | RobustnessReport };
}

const NAME = 'patchwork';
const VERSION = 2;
const LAST = 'last';
const ROBUSTNESS = 'robustness';

export class RunsDatabase {
  /** Null while it is closed, because another tab wanted a newer version, or the browser took it away. */
  private connection: Promise<IDBPDatabase<Schema>> | null = null;

  /** @throws DOMException where the browser gives no database to this page */
  static async open(): Promise<RunsDatabase> {
    const database = new RunsDatabase();
    await database.connect();
    return database;
  }

  /** Opens it again where it was closed meanwhile. */
  private connect(): Promise<IDBPDatabase<Schema>> {
    if (this.connection !== null) return this.connection;
    const lose = (): void => {
      if (this.connection === connection) this.connection = null;
    };
    const connection = openDB<Schema>(NAME, VERSION, {
      upgrade(fresh, version) {
        if (version < 1) {
          fresh.createObjectStore('runs', { keyPath: 'id' });
          fresh.createObjectStore('weights');
        }
        if (version < 2) fresh.createObjectStore('studies');
      },
      // Another tab wants a newer version: this one must not stand in its way.
      blocking: (_current, _wanted, event) => {
        lose();
        (event.target as IDBDatabase).close();
      },
      terminated: lose,
    });
    this.connection = connection;
    connection.catch(lose);
    return connection;
  }

  /** `unreadable`: how many more there are that this version cannot show. They are left as they are. */
  async list(): Promise<{ runs: KeptRun[]; unreadable: number }> {
    const records = await (await this.connect()).getAll('runs');
    const runs = records.map(readKeptRun).filter((run) => run !== null);
    return { runs, unreadable: records.length - runs.length };
  }

  async weights(id: number): Promise<Uint8Array | undefined> {
    return (await this.connect()).get('weights', id);
  }

  /**
   * Adds a run with its weights, both or neither. One without an id (0) gets one that no other run has, at least `least`: the same
   * change looks for it and takes it, so that two tabs which keep at once keep both.
   *
   * @throws DOMException when there is no room, or the id is taken
   */
  async add(run: KeptRun, weights: Uint8Array, least = 1): Promise<KeptRun> {
    const change = (await this.connect()).transaction(['runs', 'weights'], 'readwrite');
    const runs = change.objectStore('runs');
    const id = run.id === 0 ? Math.max(least, ...(await runs.getAllKeys()).map((key) => key + 1)) : run.id;
    const added = { ...run, id };
    await Promise.all([runs.add(added), change.objectStore('weights').add(weights, id), change.done]);
    return added;
  }

  async lastStudy(): Promise<StudyReport | undefined> {
    return readStudy(await (await this.connect()).get('studies', LAST));
  }

  async keepStudy(report: StudyReport): Promise<void> {
    await (await this.connect()).put('studies', report, LAST);
  }

  async lastRobustness(): Promise<RobustnessReport | undefined> {
    return readRobustness(await (await this.connect()).get('studies', ROBUSTNESS));
  }

  async keepRobustness(report: RobustnessReport): Promise<void> {
    await (await this.connect()).put('studies', report, ROBUSTNESS);
  }

  /** Changes what is known of a run that is there. */
  async update(run: KeptRun): Promise<void> {
    await (await this.connect()).put('runs', run);
  }

  async remove(id: number): Promise<void> {
    const change = (await this.connect()).transaction(['runs', 'weights'], 'readwrite');
    await Promise.all([change.objectStore('runs').delete(id), change.objectStore('weights').delete(id), change.done]);
  }
}
