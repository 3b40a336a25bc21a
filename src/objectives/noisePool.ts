/** Normal noise by the hundred thousand a step, for little more than the cost of copying it. */
import { Random } from '../base/random.ts';

/** 4 MiB. */
const POOL_NUMBERS = 2 ** 20;

/**
 * Noise whose only use is that its rows differ: numbers are drawn once, and every block of them is read from a place drawn
 * anew. Drawing 400,000 normals takes longer than a training step on a GPU.
 */
export class NoisePool {
  private pool = new Float32Array();

  constructor(
    private readonly deviation: number,
    private readonly seed: number,
  ) {}

  /** `blocks` blocks of `length` numbers, each from a random place of the pool: (blocks * length). */
  draw(blocks: number, length: number, random: Random): Float32Array {
    const pool = this.atLeast(length);
    const noise = new Float32Array(blocks * length);
    for (let block = 0; block < blocks; block++) {
      const from = random.below(pool.length - length + 1);
      noise.set(pool.subarray(from, from + length), block * length);
    }
    return noise;
  }

  private atLeast(length: number): Float32Array {
    const wanted = Math.max(POOL_NUMBERS, 2 * length);
    if (this.pool.length < wanted) {
      const random = new Random(this.seed, 'noise');
      this.pool = Float32Array.from({ length: wanted }, () => this.deviation * random.normal());
    }
    return this.pool;
  }
}
