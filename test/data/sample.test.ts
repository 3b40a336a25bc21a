import { describe, expect, it } from 'vitest';
import type { PictureSet } from '../../src/data/pictures.ts';
import { sampleOf } from '../../src/data/sample.ts';

/** Pictures of one pixel, one class after another, as folders are read. */
function byClass(counts: readonly number[]): PictureSet {
  const labels = Uint16Array.from(counts.flatMap((count, label) => Array.from({ length: count }, () => label)));
  return {
    modality: 'picture',
    pixels: new Uint8Array(labels.length),
    count: labels.length,
    size: 1,
    channels: 1,
    labels,
    classes: counts.map((_, label) => `class ${label}`),
  };
}

function countsOf(set: PictureSet, sample: readonly number[]): number[] {
  return set.classes.map((_, label) => sample.filter((i) => set.labels?.[i] === label).length);
}

describe('sampleOf', () => {
  it.each([6, 10, 100, 128, 256, 999])('gives every class its share of %i pictures', (wanted) => {
    for (const counts of [Array(10).fill(100), [633, 898, 641, 699, 799], [900, 90, 10, 1, 1]]) {
      const set = byClass(counts);
      const sample = sampleOf(set, wanted);
      expect(sample).toHaveLength(Math.min(wanted, set.count));
      expect(new Set(sample).size).toBe(sample.length);
      countsOf(set, sample).forEach((count, label) => {
        expect(Math.abs(count - (counts[label] * sample.length) / set.count)).toBeLessThanOrEqual(1.5);
      });
    }
  });

  it('takes one picture of each of ten equal classes first', () => {
    const set = byClass(Array(10).fill(50));
    expect(countsOf(set, sampleOf(set, 10))).toEqual(Array(10).fill(1));
  });

  it('is part of every larger sample, and the same for an equal set', () => {
    const set = byClass([300, 200, 100]);
    const large = new Set(sampleOf(set, 256));
    expect(sampleOf(set, 128).every((i) => large.has(i))).toBe(true);
    expect(sampleOf(byClass([300, 200, 100]), 128)).toEqual(sampleOf(set, 128));
  });

  it('draws from all of a set without labels', () => {
    const { labels: _, ...set } = byClass([1000]);
    const sample = sampleOf(set, 100);
    for (const tenth of Array(10).keys()) {
      const there = sample.filter((i) => Math.floor(i / 100) === tenth).length;
      expect(there).toBeGreaterThan(2);
      expect(there).toBeLessThan(20);
    }
  });

  it('is everything, in order, where that is asked for', () => {
    expect(sampleOf(byClass([3, 2]), 5)).toEqual([0, 1, 2, 3, 4]);
    expect(sampleOf(byClass([3, 2]), 99)).toEqual([0, 1, 2, 3, 4]);
    expect(sampleOf(byClass([3, 2]), 0)).toEqual([]);
  });
});
