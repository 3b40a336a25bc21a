import { describe, expect, it } from 'vitest';
import type { PictureSet } from '../../src/data/pictures.ts';
import { accuracyCeiling } from '../../src/metrics/accuracyCeiling.ts';

function pictures(count: number, size: number, channels: 1 | 3, pixel: (index: number) => number): PictureSet {
  const pixels = Uint8Array.from({ length: count * size * size * channels }, (_, index) => pixel(index));
  return { pixels, count, size, channels, classes: [] };
}

/** methods 10 as it is written: the mean over patches of 1/multiplicity, comparing every patch with every other. */
function byDefinition(set: PictureSet, patch: number): number {
  const side = set.size / patch;
  let sum = 0;
  for (let picture = 0; picture < set.count; picture++) {
    const at = (cell: number, row: number, byte: number): number => {
      const y = Math.floor(cell / side) * patch + row;
      return set.pixels[((picture * set.size + y) * set.size + (cell % side) * patch) * set.channels + byte] ?? -1;
    };
    const same = (a: number, b: number): boolean => {
      for (let row = 0; row < patch; row++) {
        for (let byte = 0; byte < patch * set.channels; byte++) if (at(a, row, byte) !== at(b, row, byte)) return false;
      }
      return true;
    };
    for (let cell = 0; cell < side * side; cell++) {
      const alike = Array.from({ length: side * side }, (_, other) => same(cell, other)).filter(Boolean).length;
      sum += 1 / alike;
    }
  }
  return sum / (side * side * set.count);
}

describe('accuracyCeiling', () => {
  it('is 1/n for blank pictures and 1 when every patch differs', () => {
    expect(
      accuracyCeiling(
        pictures(3, 8, 3, () => 7),
        4,
      ),
    ).toBe(0.25);
    expect(
      accuracyCeiling(
        pictures(1, 8, 1, (index) => index),
        2,
      ),
    ).toBe(1);
  });

  it.each([1, 3] as const)('follows the definition on pictures of %i channels with many alike patches', (channels) => {
    const set = pictures(6, 8, channels, (index) => Number((index * 2654435761) % 97 < 6));
    const ceiling = accuracyCeiling(set, 2);
    expect(ceiling).toBeCloseTo(byDefinition(set, 2), 12);
    expect(ceiling).toBeGreaterThan(1 / 16);
    expect(ceiling).toBeLessThan(1);
  });

  it('tells patches apart by one pixel in the last channel of the last corner', () => {
    const set = pictures(1, 8, 3, () => 0);
    set.pixels[8 * 8 * 3 - 1] = 1;
    expect(accuracyCeiling(set, 4)).toBe(0.5);
  });

  it('is not fooled by patches whose FNV-1a hashes are equal', () => {
    const [a, b] = [
      [150, 228, 197, 1],
      [163, 107, 236, 194],
    ] as const;
    // Cells in raster order: a, b, b, a.
    const pixels = Uint8Array.of(a[0], a[1], b[0], b[1], a[2], a[3], b[2], b[3], b[0], b[1], a[0], a[1], b[2], b[3], a[2], a[3]);
    expect(accuracyCeiling({ pixels, count: 1, size: 4, channels: 1, classes: [] }, 2)).toBe(0.5);
  });

  it('does not compare patches of different pictures', () => {
    expect(
      accuracyCeiling(
        pictures(2, 4, 1, (index) => index % 16),
        2,
      ),
    ).toBe(1);
  });

  it('refuses a patch that does not divide the picture', () => {
    const blank = pictures(1, 8, 1, () => 0);
    expect(() => accuracyCeiling(blank, 3)).toThrow('divide');
  });
});
