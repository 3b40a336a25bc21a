/**
 * The browser's own database of the last studies. Until 0.4 it held kept runs too, their weights apart; they are moved from here. Fetched
 * when it is first needed.
 */
import type { DBSchema } from 'idb';
import { OpenDatabase } from '../../worker/keeping/openDatabase.ts';
import type { RobustnessReport } from '../store/robustness.ts';
import type { StudyReport } from '../store/study.ts';
import type { CardReport, SweepReport } from '../store/sweep.ts';
import { type OldRun, readCard, readKeptRun, readRobustness, readStudy, readSweep } from './readKept.ts';

interface Schema extends DBSchema {
  runs: { key: number; value: OldRun };
  weights: { key: number; value: Uint8Array };
  /** The last study of each kind, and the last run of each card of a paper. */
  studies: {
    key: typeof LAST | typeof ROBUSTNESS | typeof SWEEP | `${typeof CARD}${string}`;
    value: StudyReport | RobustnessReport | SweepReport | CardReport;
  };
}

const NAME = 'patchwork';
const VERSION = 2;
const LAST = 'last';
const ROBUSTNESS = 'robustness';
const SWEEP = 'sweep';
const CARD = 'figure ';

export class RunsDatabase {
  private readonly database = new OpenDatabase<Schema>(NAME, VERSION, (fresh, version) => {
    if (version < 1) {
      fresh.createObjectStore('runs', { keyPath: 'id' });
      fresh.createObjectStore('weights');
    }
    if (version < 2) fresh.createObjectStore('studies');
  });

  /** @throws DOMException where the browser gives no database to this page */
  static async open(): Promise<RunsDatabase> {
    const opened = new RunsDatabase();
    await opened.database.connect();
    return opened;
  }

  /** Null where no earlier version kept anything: none is made then. */
  static async openIfThere(): Promise<RunsDatabase | null> {
    // Older browsers cannot list them: there one that is empty is made.
    const known = 'databases' in indexedDB ? await indexedDB.databases() : undefined;
    return known?.every(({ name }) => name !== NAME) ? null : RunsDatabase.open();
  }

  /** `unreadable`: how many more there are that this version cannot show. They are left as they are. */
  async list(): Promise<{ runs: OldRun[]; unreadable: number }> {
    const records = await (await this.database.connect()).getAll('runs');
    const runs = records.map(readKeptRun).filter((run) => run !== null);
    return { runs, unreadable: records.length - runs.length };
  }

  async weights(id: number): Promise<Uint8Array | undefined> {
    return (await this.database.connect()).get('weights', id);
  }

  async lastStudy(): Promise<StudyReport | undefined> {
    return readStudy(await (await this.database.connect()).get('studies', LAST));
  }

  async keepStudy(report: StudyReport): Promise<void> {
    await (await this.database.connect()).put('studies', report, LAST);
  }

  async lastRobustness(): Promise<RobustnessReport | undefined> {
    return readRobustness(await (await this.database.connect()).get('studies', ROBUSTNESS));
  }

  async keepRobustness(report: RobustnessReport): Promise<void> {
    await (await this.database.connect()).put('studies', report, ROBUSTNESS);
  }

  async lastSweep(): Promise<SweepReport | undefined> {
    return readSweep(await (await this.database.connect()).get('studies', SWEEP));
  }

  async keepSweep(report: SweepReport): Promise<void> {
    await (await this.database.connect()).put('studies', report, SWEEP);
  }

  /** @param id of the card of a paper */
  async lastCard(id: string): Promise<CardReport | undefined> {
    return readCard(await (await this.database.connect()).get('studies', `${CARD}${id}`));
  }

  async keepCard(id: string, report: CardReport): Promise<void> {
    await (await this.database.connect()).put('studies', report, `${CARD}${id}`);
  }

  /** Deletes a run that lies elsewhere now. False when it was not there any more: another tab has moved it. */
  async takeAway(id: number): Promise<boolean> {
    const change = (await this.database.connect()).transaction(['runs', 'weights'], 'readwrite');
    const isThere = (await change.objectStore('runs').getKey(id)) !== undefined;
    await Promise.all([change.objectStore('runs').delete(id), change.objectStore('weights').delete(id), change.done]);
    return isThere;
  }
}
