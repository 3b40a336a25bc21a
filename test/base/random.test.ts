import { describe, expect, it } from 'vitest';
import { Random, type RandomKey } from '../../src/base/random.ts';

function first(count: number, seed: number, ...keys: RandomKey[]): number[] {
  const random = new Random(seed, ...keys);
  return Array.from({ length: count }, () => random.uint32());
}

/** Pearson's statistic of counts that should all be equal, in standard deviations from its mean. */
function chiSquareDeviation(counts: ArrayLike<number>): number {
  const values = Array.from(counts);
  const expected = values.reduce((a, b) => a + b, 0) / values.length;
  const statistic = values.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (statistic - (values.length - 1)) / Math.sqrt(2 * (values.length - 1));
}

function histogram(bins: number, draws: number, draw: (i: number) => number): Uint32Array {
  const counts = new Uint32Array(bins);
  for (let i = 0; i < draws; i++) counts[draw(i)]++;
  return counts;
}

describe('Random', () => {
  it('gives these numbers for ever: data sets and shared links depend on them', () => {
    expect(first(3, 1)).toEqual([1591172750, 1790821702, 3916988680]);
    expect(first(3, 1, 'mask', 7)).toEqual([1732376374, 3534987519, 836987852]);
    expect(first(1, 999_999_999, 'init', 'block0.norm1.scale')).toEqual([549634736]);
    const random = new Random(5, 'pinned');
    expect([...random.permutation(8)]).toEqual([6, 5, 0, 4, 7, 2, 1, 3]);
    expect(random.uniform()).toBe(0.7659705027472228);
    expect(random.normal()).toBeCloseTo(-1.9444907485997165, 12);
  });

  it('gives the same numbers again for the same seed and keys', () => {
    expect(first(1000, 3, 'again')).toEqual(first(1000, 3, 'again'));
  });

  it('does not depend on what other streams have drawn', () => {
    const a = new Random(1, 'a');
    const b = new Random(1, 'b');
    const interleaved = Array.from({ length: 20 }, () => [a.uint32(), b.uint32()]);
    expect(interleaved.map((pair) => pair[0])).toEqual(first(20, 1, 'a'));
    expect(interleaved.map((pair) => pair[1])).toEqual(first(20, 1, 'b'));
  });

  it('names a different stream by every seed and every path of keys', () => {
    const paths: [number, ...RandomKey[]][] = [
      [0],
      [1],
      [2 ** 32],
      [2 ** 32 + 1],
      [999_999_999],
      [1, 0],
      [1, '0'],
      [1, ''],
      [1, '', ''],
      [1, 1],
      [1, 1, 1],
      [1, -1],
      [1, 'a', 'bc'],
      [1, 'ab', 'c'],
      [1, 'abc'],
      [1, 'c', 'ab'],
      [1, 'mask', 1],
      [1, 'mask', 10],
      [1, 'mask1'],
      [1, 0.25],
      [1, 0.5],
      [1, 0.75],
      [1, 2 ** 32],
      [1, 2 ** 32 + 1],
      [1, Number.NaN],
      [1, 'é'],
      [1, 'e\u0301'],
    ];
    const starts = paths.map(([seed, ...keys]) => first(2, seed, ...keys).join());
    expect(new Set(starts).size).toBe(paths.length);
  });

  it('is uniform along a stream, in high and in low bits', () => {
    const random = new Random(1, 'uniformity');
    expect(Math.abs(chiSquareDeviation(histogram(256, 100_000, () => random.uint32() >>> 24)))).toBeLessThan(4);
    expect(Math.abs(chiSquareDeviation(histogram(256, 100_000, () => random.uint32() & 255)))).toBeLessThan(4);
  });

  it('is uniform across neighbouring keys and seeds, whose first numbers a run uses most', () => {
    const byKey = histogram(256, 50_000, (i) => new Random(1, 'step', i).uint32() >>> 24);
    const bySeed = histogram(256, 50_000, (i) => new Random(i, 'step').uint32() >>> 24);
    expect(Math.abs(chiSquareDeviation(byKey))).toBeLessThan(4);
    expect(Math.abs(chiSquareDeviation(bySeed))).toBeLessThan(4);
  });

  it('has no correlation between one key and the next', () => {
    const pairs = histogram(256, 50_000, (i) => {
      const [a = 0, b = 0] = [new Random(1, i), new Random(1, i + 1)].map((random) => random.uint32() >>> 28);
      return a * 16 + b;
    });
    expect(Math.abs(chiSquareDeviation(pairs))).toBeLessThan(4);
  });

  it('keeps uniform() in [0, 1) and between() and below() in their ranges', () => {
    const random = new Random(2, 'ranges');
    let sum = 0;
    for (let i = 0; i < 20_000; i++) {
      const value = random.uniform();
      sum += value;
      expect(value >= 0 && value < 1).toBe(true);
      const between = random.between(-3, 5);
      expect(between >= -3 && between < 5).toBe(true);
      const below = random.below(7);
      expect(Number.isInteger(below) && below >= 0 && below < 7).toBe(true);
    }
    expect(sum / 20_000).toBeCloseTo(0.5, 2);
    expect(random.below(1)).toBe(0);
  });

  it('draws every whole number below a bound, and every item, equally often', () => {
    const random = new Random(3, 'below');
    expect(Math.abs(chiSquareDeviation(histogram(7, 70_000, () => random.below(7))))).toBeLessThan(4);
    const items = ['x', 'y', 'z'];
    expect(Math.abs(chiSquareDeviation(histogram(3, 30_000, () => items.indexOf(random.pick(items)))))).toBeLessThan(4);
  });

  it('draws normals with mean 0, variance 1 and the right tails', () => {
    const random = new Random(4, 'normal');
    const values = Array.from({ length: 50_000 }, () => random.normal());
    const moment = (power: number): number => values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.06);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
    expect(values.filter((value) => Math.abs(value) > 1.959964).length / values.length).toBeCloseTo(0.05, 2);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('draws every order of four equally often', () => {
    const seen = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = new Random(1, 'order', i).permutation(4).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(24);
    expect(Math.abs(chiSquareDeviation([...seen.values()]))).toBeLessThan(4);
  });

  it('gives permutations of any length', () => {
    for (const count of [0, 1, 2, 64, 5000]) {
      const order = new Random(1, 'length').permutation(count);
      expect(Array.from(order).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    }
  });
});
