/**
 * The browser's own database of the last studies. Until 0.4 it held kept runs too, their weights apart; they are moved from here. Fetched
 * when it is first needed.
 */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { RobustnessReport } from '../store/robustness.ts';
import type { StudyReport } from '../store/study.ts';
import { type OldRun, readKeptRun, readRobustness, readStudy } from './readKept.ts';

interface Schema extends DBSchema {
  runs: { key: number; value: OldRun };
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

  /** Null where no earlier version kept anything: none is made then. */
  static async openIfThere(): Promise<RunsDatabase | null> {
    // Older browsers cannot list them: there one that is empty is made.
    const known = 'databases' in indexedDB ? await indexedDB.databases() : undefined;
    return known?.every(({ name }) => name !== NAME) ? null : RunsDatabase.open();
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
  async list(): Promise<{ runs: OldRun[]; unreadable: number }> {
    const records = await (await this.connect()).getAll('runs');
    const runs = records.map(readKeptRun).filter((run) => run !== null);
    return { runs, unreadable: records.length - runs.length };
  }

  async weights(id: number): Promise<Uint8Array | undefined> {
    return (await this.connect()).get('weights', id);
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

  /** Deletes a run that lies elsewhere now. False when it was not there any more: another tab has moved it. */
  async takeAway(id: number): Promise<boolean> {
    const change = (await this.connect()).transaction(['runs', 'weights'], 'readwrite');
    const isThere = (await change.objectStore('runs').getKey(id)) !== undefined;
    await Promise.all([change.objectStore('runs').delete(id), change.objectStore('weights').delete(id), change.done]);
    return isThere;
  }
}
