/** For so many jobs the caller works alone once a thread was late: at first, and at most when it happens again and again. */
interface AloneLimits {
  least: number;
  most: number;
}

/** When the caller works alone for a while because a thread lost its core: for longer the more often that happens. */
export class Backoff {
  /** What the caller still does alone, and does the next time that a thread is late. */
  private alone = 0;
  private penalty: number;

  constructor(private readonly limits: AloneLimits) {
    this.penalty = limits.least;
  }

  isAlone(): boolean {
    if (this.alone === 0) return false;
    this.alone--;
    return true;
  }

  learn(contended: boolean): void {
    const { least, most } = this.limits;
    this.penalty = Math.min(most, Math.max(least, contended ? this.penalty * 2 : this.penalty - 1));
    if (contended) this.alone = this.penalty;
  }
}
