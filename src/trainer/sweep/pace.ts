/** How long a sweep still takes. */

/** What is left of a sweep, from the pace so far: that of the timed step until a point is done. */
export class SweepPace {
  private done = 0;
  private spent = 0;

  /**
   * @param total work of all points, in any unit that tells more from less: GFLOP, or seconds that were expected
   * @param secondsPerUnit as a timed step says (`timeStep`)
   */
  constructor(
    private readonly total: number,
    private readonly secondsPerUnit: number,
  ) {}

  /** A point of so much work took so long. */
  finish(work: number, seconds: number): void {
    this.done += work;
    this.spent += seconds;
  }

  /** A point that is left out after all. */
  skip(work: number): void {
    this.done += work;
    this.spent += work * this.pace;
  }

  get secondsLeft(): number {
    return Math.max(0, this.total - this.done) * this.pace;
  }

  private get pace(): number {
    return this.done > 0 ? this.spent / this.done : this.secondsPerUnit;
  }
}

/** "about 40 s", "about 12 min", "about 3 h": no more than an estimate can say. */
export function sayAbout(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3600).toFixed(1)} h`;
}
