/** When a run is written: seldom enough to cost training no more than a fiftieth, often enough to lose ten seconds at most. */

/** After the last write ended; what writing and a step take is left of ten seconds. */
const INTERVAL_MS = 7000;
/** The first write: most runs that anybody closes by mistake are young. */
const FIRST_MS = 2000;
/** So many times what a write cost, until the next. */
const COSTS = 50;
/** The page has so long to tell of the step that is about to be written. */
const PAGE_MS = 700;

export class KeepingPace {
  private readyAt = 0;
  /** When a snapshot is written even without a word of the page. */
  private pageUntil = 0;
  private isRushed = false;

  /** @param now milliseconds on any clock, here and below */
  begin(now: number): void {
    this.isRushed = false;
    this.readyAt = now + FIRST_MS;
  }

  /** Something ended or began: what is not written is written now. */
  hurry(): void {
    this.readyAt = 0;
  }

  /** The browser may end the page at any moment: nothing is waited for. */
  rush(): void {
    this.readyAt = 0;
    this.pageUntil = 0;
    this.isRushed = true;
  }

  snapshotTaken(now: number): void {
    this.pageUntil = this.isRushed ? 0 : now + PAGE_MS;
  }

  /** @param cost milliseconds that were not trained */
  wrote(now: number, cost: number): void {
    this.isRushed = false;
    this.readyAt = now + Math.max(INTERVAL_MS, COSTS * cost);
  }

  /** Milliseconds until a write is due. */
  dueIn(now: number): number {
    return Math.max(0, this.readyAt - now);
  }

  /** Milliseconds that the page still has. */
  pageHas(now: number): number {
    return Math.max(0, this.pageUntil - now);
  }
}
