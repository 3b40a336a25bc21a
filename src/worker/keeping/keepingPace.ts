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
  /** What was asked for since the last snapshot: that one does not hold it, however it ends. */
  private isHurried = false;
  private wroteAt = 0;
  private cost = 0;

  /** @param now milliseconds on any clock, here and below */
  begin(now: number): void {
    this.isRushed = false;
    this.isHurried = false;
    this.wroteAt = now;
    this.cost = 0;
    this.readyAt = now + FIRST_MS;
  }

  /** Something ended or began: what is not written is written now. */
  hurry(): void {
    this.readyAt = 0;
    this.isHurried = true;
  }

  /** The browser may end the page at any moment: nothing is waited for. */
  rush(): void {
    this.hurry();
    this.pageUntil = 0;
    this.isRushed = true;
  }

  snapshotTaken(now: number): void {
    this.isHurried = false;
    this.pageUntil = this.isRushed ? 0 : now + PAGE_MS;
  }

  /** @param cost milliseconds that were not trained */
  wrote(now: number, cost: number): void {
    this.wroteAt = now;
    this.cost = cost;
    if (this.isHurried) return;
    this.isRushed = false;
    this.readyAt = now + Math.max(INTERVAL_MS, COSTS * cost);
  }

  /** It could not be written: nobody is in a hurry to hear that again. */
  failed(now: number): void {
    this.begin(now);
    this.cost = INTERVAL_MS;
    this.readyAt = now + INTERVAL_MS;
  }

  /** Milliseconds until steps are written that were done by hand: nothing is trained meanwhile, and so nothing is lost to training. */
  restsIn(now: number): number {
    return Math.min(this.dueIn(now), Math.max(0, this.wroteAt + this.cost - now));
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
