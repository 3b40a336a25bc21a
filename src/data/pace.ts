/** Keeps long work interruptible and its progress readable. */

/** Told what is going on; `done` equals `total` at the end of a task. */
export type OnProgress = (task: string, done: number, total: number) => void;

const REPORT_MILLISECONDS = 100;
const YIELD_MILLISECONDS = 25;

export class Pace {
  private reported = Number.NEGATIVE_INFINITY;
  private yielded = performance.now();

  constructor(
    private readonly onProgress: OnProgress,
    private readonly signal?: AbortSignal,
  ) {}

  /**
   * To be awaited between small pieces of work. Reports at most about ten times a second, and gives waiting messages a turn
   * so that the work can be called off. Throws the signal's reason when it was.
   */
  async tick(task: string, done: number, total: number): Promise<void> {
    this.signal?.throwIfAborted();
    const now = performance.now();
    if (done === total || now - this.reported >= REPORT_MILLISECONDS) {
      this.reported = now;
      this.onProgress(task, done, total);
    }
    if (now - this.yielded < YIELD_MILLISECONDS) return;
    await new Promise((resolve) => setTimeout(resolve));
    this.yielded = performance.now();
    this.signal?.throwIfAborted();
  }

  /** Does work that yields the share of it that is done, in percent for those who wait. */
  async finish<T>(task: string, work: Generator<number, T, void>): Promise<T> {
    for (let next = work.next(); ; next = work.next()) {
      await this.tick(task, next.done ? 100 : Math.min(99, Math.floor(100 * next.value)), 100);
      if (next.done) return next.value;
    }
  }
}
