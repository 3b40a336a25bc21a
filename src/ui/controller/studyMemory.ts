/** Remembers the last study of a kind over a reload, where the browser lets the page: hours of work must not hang on an open tab. */
import { RUNS_DATABASE } from './parts.ts';
import type { RunsDatabase } from './runsDatabase.ts';

/** A report may hold its test pictures: not to be written at every result. */
const WRITE_MILLISECONDS = 5000;

/** Where a kind of report lies in the browser's database. */
export interface Shelf<R> {
  read(database: RunsDatabase): Promise<R | undefined>;
  write(database: RunsDatabase, report: R): Promise<void>;
  /** There is nothing in it worth keeping, or nothing is to be kept. */
  isEmpty(report: R): boolean;
  /** The browser has no room for it; told once, until there is. */
  sayFull(): void;
}

interface Report {
  outcome: 'running' | 'stopped' | 'failed' | 'finished';
}

export class StudyMemory<R extends Report> {
  private opening: Promise<RunsDatabase | null> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: R | null = null;
  private isFull = false;

  constructor(private readonly shelf: Shelf<R>) {}

  /** What was found until the page went away; a study that was under way then has stopped. */
  async recall(): Promise<R | undefined> {
    const database = await this.database();
    const report = database === null ? undefined : await this.shelf.read(database).catch(() => undefined);
    return report?.outcome === 'running' ? { ...report, outcome: 'stopped' } : report;
  }

  keep(report: R | null): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
    if (report === null || this.shelf.isEmpty(report)) return;
    void this.database().then((database) => database && this.write(database, report));
  }

  /** Without room for it the report still stands on the page, and can be taken home. */
  private async write(database: RunsDatabase, report: R): Promise<void> {
    try {
      await this.shelf.write(database, report);
      this.isFull = false;
    } catch {
      if (!this.isFull) this.shelf.sayFull();
      this.isFull = true;
    }
  }

  /** The newest of what comes within some seconds. */
  keepSoon(report: R | null): void {
    this.waiting = report;
    this.timer ??= setTimeout(() => this.keep(this.waiting), WRITE_MILLISECONDS);
  }

  /** Null where this browser has none for us. */
  private database(): Promise<RunsDatabase | null> {
    this.opening ??= 'indexedDB' in globalThis ? openDatabase().catch(() => null) : Promise.resolve(null);
    return this.opening;
  }
}

/** @param what was found, as people call it */
export function sayNoRoom(what: string): string {
  return `This browser has no room to keep the ${what}: save its results before the page is closed.`;
}

async function openDatabase(): Promise<RunsDatabase> {
  const { RunsDatabase } = await RUNS_DATABASE.get();
  return RunsDatabase.open();
}
