/** What is put off for a moment, because more of the same may follow. */
export class Waiting {
  private readonly jobs = new Map<string, { timer: ReturnType<typeof setTimeout>; action: () => void }>();

  has(name: string): boolean {
    return this.jobs.has(name);
  }

  /** Does `action` in a while; one of the same name that waits is done no more. */
  later(name: string, milliseconds: number, action: () => void): void {
    this.cancel(name);
    const timer = setTimeout(() => this.now(name), milliseconds);
    this.jobs.set(name, { timer, action });
  }

  cancel(name: string): void {
    clearTimeout(this.jobs.get(name)?.timer);
    this.jobs.delete(name);
  }

  /** Nothing waits any longer. */
  flush(): void {
    for (const name of [...this.jobs.keys()]) this.now(name);
  }

  clear(): void {
    for (const name of [...this.jobs.keys()]) this.cancel(name);
  }

  private now(name: string): void {
    const job = this.jobs.get(name);
    this.cancel(name);
    job?.action();
  }
}
