/**
 * The one source of randomness. A `Random` is named by a seed and a path of keys, e.g. `new Random(seed, 'mask', step)`:
 * any part of a run can be drawn again without drawing what came before it, which is what makes a batch stream resumable
 * and a shared link give the same numbers.
 */
export type RandomKey = string | number;

export class Random {
  private a: number;
  private b: number;
  private c: number;
  private counter = 1;

  constructor(seed: number, ...keys: RandomKey[]) {
    let hash = mix(0x9e3779b9 ^ (seed | 0), Math.floor(seed / 2 ** 32));
    for (const key of keys) {
      // A string and a number of the same text must not collide, nor ('a', 'bc') with ('ab', 'c').
      if (typeof key === 'number') hash = mixNumber(mix(hash, 0x4e), key);
      else {
        hash = mix(mix(hash, 0x53), key.length);
        for (let i = 0; i < key.length; i++) hash = mix(hash, key.charCodeAt(i));
      }
    }
    this.a = hash;
    this.b = mix(hash, 1);
    this.c = mix(hash, 2);
    for (let i = 0; i < 12; i++) this.uint32();
  }

  /** A whole number in [0, 2^32): one step of sfc32 (Chris Doty-Humphrey, PractRand). */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum;
    this.c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1), with 32 bits. */
  uniform(): number {
    return this.uint32() / 2 ** 32;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, bound), without modulo bias worth speaking of for bounds below 2^21. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal (Box-Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    return radius * Math.cos(2 * Math.PI * this.uniform());
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)] as T;
  }

  /** The numbers 0..count-1 in a uniformly random order (Fisher-Yates). */
  permutation(count: number): Uint32Array {
    // Not `from`, which takes ten times as long: masks and orders of every step are drawn here.
    const order = new Uint32Array(count);
    for (let i = 0; i < count; i++) order[i] = i;
    for (let i = count - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}

/** Every number counts in full: 0.25 and 0.5, or 1 and 2^32 + 1, name different streams. */
function mixNumber(hash: number, key: number): number {
  const low = mix(hash, key | 0);
  if (key === (key | 0)) return low;
  const [first, second] = new Uint32Array(Float64Array.of(key).buffer);
  return mix(mix(low, first), second);
}

/** One round of the murmur3 finaliser over `hash` and `value`. */
function mix(hash: number, value: number): number {
  let h = Math.imul(hash ^ Math.imul(value, 0xcc9e2d51), 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h + 0x6d2b79f5, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
