import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { type Lifetime, planMemory } from '../../src/engine/recorded/memoryPlan.ts';

/** What kernels of a random graph make: each tensor lives until its last reader, some to the end. */
function randomGraph(seed: number): Lifetime[] {
  const random = new Random(seed, 'graph');
  const kernels = 2 + random.below(60);
  return Array.from({ length: 1 + random.below(150) }, () => {
    const from = random.below(kernels);
    const to = random.below(10) === 0 ? Number.POSITIVE_INFINITY : from + random.below(kernels - from);
    return { bytes: random.below(5) === 0 ? 0 : 4 * random.below(3000), from, to };
  });
}

const overlap = (aFrom: number, aTo: number, bFrom: number, bTo: number) => aFrom <= bTo && bFrom <= aTo;

describe('a memory plan', () => {
  it('gives no two live buffers the same bytes, on 200 random graphs', () => {
    const clashes: number[][] = [];
    for (let seed = 0; seed < 200; seed++) {
      const lifetimes = randomGraph(seed);
      const { offsets, bytes } = planMemory(lifetimes);
      for (const [i, a] of lifetimes.entries()) {
        expect(offsets[i] % 64).toBe(0);
        expect(offsets[i] + a.bytes).toBeLessThanOrEqual(bytes);
        for (const [j, b] of lifetimes.slice(0, i).entries()) {
          if (!overlap(a.from, a.to, b.from, b.to) || a.bytes === 0 || b.bytes === 0) continue;
          if (overlap(offsets[i], offsets[i] + a.bytes - 1, offsets[j], offsets[j] + b.bytes - 1)) clashes.push([seed, i, j]);
        }
      }
    }
    expect(clashes).toEqual([]);
  });

  it('needs no more than everything side by side, and no less than what lives at once', () => {
    const round = (bytes: number) => Math.max(64, Math.ceil(bytes / 64) * 64);
    for (let seed = 0; seed < 200; seed++) {
      const lifetimes = randomGraph(seed);
      const { bytes } = planMemory(lifetimes);
      const at = (time: number) => lifetimes.filter(({ from, to }) => from <= time && time <= to);
      const sum = (some: Lifetime[]) => some.reduce((total, one) => total + round(one.bytes), 0);
      expect(bytes).toBeLessThanOrEqual(sum(lifetimes));
      expect(bytes).toBeGreaterThanOrEqual(Math.max(...lifetimes.map(({ from }) => sum(at(from)))));
    }
  });

  it('takes the place of what nobody reads any more', () => {
    const { offsets, bytes } = planMemory([
      { bytes: 640, from: 0, to: 1 },
      { bytes: 640, from: 1, to: 2 },
      { bytes: 640, from: 2, to: 3 },
    ]);
    expect(offsets).toEqual([0, 640, 0]);
    expect(bytes).toBe(1280);
  });
});
