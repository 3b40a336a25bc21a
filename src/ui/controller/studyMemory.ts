/** Remembers the last study over a reload, where the browser lets the page: hours of work must not hang on an open tab. */
import type { StudyReport } from '../store/study.ts';
import { RUNS_DATABASE } from './parts.ts';
import type { RunsDatabase } from './runsDatabase.ts';

/** A report holds its test pictures: not to be written at every result. */
const WRITE_MILLISECONDS = 5000;

export class StudyMemory {
  private opening: Promise<RunsDatabase | null> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: StudyReport | null = null;

  /** What was found until the page went away; a study that was under way then has stopped. */
  async recall(): Promise<StudyReport | undefined> {
    const report = await (await this.database())?.lastStudy().catch(() => undefined);
    return report?.outcome === 'running' ? { ...report, outcome: 'stopped' } : report;
  }

  keep(report: StudyReport | null): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = null;
    if (report === null || report.results.length === 0) return;
    // A convenience: without room for it the report still stands on the page, and can be exported.
    void this.database().then((database) => database?.keepStudy(report).catch(() => {}));
  }

  /** The newest of what comes within some seconds. */
  keepSoon(report: StudyReport | null): void {
    this.waiting = report;
    this.timer ??= setTimeout(() => this.keep(this.waiting), WRITE_MILLISECONDS);
  }

  /** Null where this browser has none for us. */
  private database(): Promise<RunsDatabase | null> {
    this.opening ??= 'indexedDB' in globalThis ? openDatabase().catch(() => null) : Promise.resolve(null);
    return this.opening;
  }
}

async function openDatabase(): Promise<RunsDatabase> {
  const { RunsDatabase } = await RUNS_DATABASE.get();
  return RunsDatabase.open();
}
