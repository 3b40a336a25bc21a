/** A heap of pairs of tokens with the most frequent on top; of equally frequent ones the smaller key, whatever came first. */
export class PairHeap {
  private readonly keys: number[] = [];
  private readonly counts: number[] = [];

  get size(): number {
    return this.keys.length;
  }

  top(): { key: number; count: number } {
    return { key: this.keys[0], count: this.counts[0] };
  }

  push(key: number, count: number): void {
    let at = this.keys.length;
    this.put(at, key, count);
    for (let parent = (at - 1) >> 1; at > 0 && this.isBefore(at, parent); at = parent, parent = (at - 1) >> 1) {
      this.swap(at, parent);
    }
  }

  /** Corrects the count of what is on top, which may take it down; 0 takes it away. */
  correctTop(count: number): void {
    if (count > 0) this.counts[0] = count;
    else {
      const key = this.keys.pop() as number;
      const last = this.counts.pop() as number;
      if (this.size === 0) return;
      this.put(0, key, last);
    }
    this.sink();
  }

  private sink(): void {
    for (let at = 0; ; ) {
      let first = at;
      for (const child of [2 * at + 1, 2 * at + 2]) if (child < this.size && this.isBefore(child, first)) first = child;
      if (first === at) return;
      this.swap(at, first);
      at = first;
    }
  }

  private isBefore(a: number, b: number): boolean {
    return this.counts[a] > this.counts[b] || (this.counts[a] === this.counts[b] && this.keys[a] < this.keys[b]);
  }

  private swap(a: number, b: number): void {
    const { [a]: key } = this.keys;
    const { [a]: count } = this.counts;
    this.put(a, this.keys[b], this.counts[b]);
    this.put(b, key, count);
  }

  private put(at: number, key: number, count: number): void {
    this.keys[at] = key;
    this.counts[at] = count;
  }
}
