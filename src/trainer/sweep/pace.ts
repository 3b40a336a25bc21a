/** How long a sweep still takes. */

/** What is left of a sweep, from the pace so far: that of the timed step until a point is done. */
export class SweepPace {
  private done = 0;
  private spent = 0;

  /** @param secondsPerGflop of `timeStep` */
  constructor(
    private readonly total: number,
    private readonly secondsPerGflop: number,
  ) {}

  /** A point of so many GFLOP took so long. */
  finish(gflop: number, seconds: number): void {
    this.done += gflop;
    this.spent += seconds;
  }

  /** A point that is left out after all. */
  skip(gflop: number): void {
    this.done += gflop;
    this.spent += gflop * this.pace;
  }

  get secondsLeft(): number {
    return Math.max(0, this.total - this.done) * this.pace;
  }

  private get pace(): number {
    return this.done > 0 ? this.spent / this.done : this.secondsPerGflop;
  }
}

/** "about 40 s", "about 12 min", "about 3 h": no more than an estimate can say. */
export function sayAbout(seconds: number): string {
  if (seconds < 90) return `about ${Math.max(1, Math.round(seconds))} s`;
  return seconds < 5400 ? `about ${Math.round(seconds / 60)} min` : `about ${(seconds / 3600).toFixed(1)} h`;
}
