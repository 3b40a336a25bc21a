/** Lets as much work run at once as fits into a fixed amount of something (bytes, pixels), first come, first served. */
export class Budget {
  private used = 0;
  private readonly waiting: { amount: number; start: () => void }[] = [];

  constructor(private readonly total: number) {}

  /** Runs `work` when `amount` is free. Work that is larger than the whole budget runs alone. */
  async spend<T>(amount: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(amount, this.total);
    await new Promise<void>((start) => {
      this.waiting.push({ amount: share, start });
      this.admit();
    });
    try {
      return await work();
    } finally {
      this.used -= share;
      this.admit();
    }
  }

  private admit(): void {
    for (let next = this.waiting[0]; next !== undefined && this.used + next.amount <= this.total; next = this.waiting[0]) {
      this.waiting.shift();
      this.used += next.amount;
      next.start();
    }
  }
}
