import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../src/config/run.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import { PictureTokenizer } from '../../src/data/pictureTokenizer.ts';
import { accuracyCeiling } from '../../src/metrics/accuracyCeiling.ts';

function pictures(count: number, size: number, channels: 1 | 3, pixel: (index: number) => number): PictureSet {
  const pixels = Uint8Array.from({ length: count * size * size * channels }, (_, index) => pixel(index));
  return { modality: 'picture', pixels, count, size, channels, classes: [] };
}

/** The ceiling of pictures cut as runs cut them. */
function ceilingOf(set: PictureSet, patch: number): number {
  const config = defaultRun();
  const tokenizer = new PictureTokenizer({ ...config, picture: { ...config.picture, size: set.size, patch } }, set);
  return accuracyCeiling(
    tokenizer.cut(
      set,
      Array.from({ length: set.count }, (_, i) => i),
    ),
  );
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
      ceilingOf(
        pictures(3, 8, 3, () => 7),
        4,
      ),
    ).toBe(0.25);
    expect(
      ceilingOf(
        pictures(1, 8, 1, (index) => index),
        2,
      ),
    ).toBe(1);
  });

  it.each([1, 3] as const)('follows the definition on pictures of %i channels with many alike patches', (channels) => {
    const set = pictures(6, 8, channels, (index) => Number((index * 2654435761) % 97 < 6));
    const ceiling = ceilingOf(set, 2);
    expect(ceiling).toBeCloseTo(byDefinition(set, 2), 12);
    expect(ceiling).toBeGreaterThan(1 / 16);
    expect(ceiling).toBeLessThan(1);
  });

  it('tells patches apart by one pixel in the last channel of the last corner', () => {
    const set = pictures(1, 8, 3, () => 0);
    set.pixels[8 * 8 * 3 - 1] = 1;
    expect(ceilingOf(set, 4)).toBe(0.5);
  });

  it('is not fooled by patches whose FNV-1a hashes are equal', () => {
    // The bytes of two numbers.
    const a = [150, 228, 197, 1];
    const b = [163, 107, 236, 194];
    const values = new Float32Array(Uint8Array.of(...a, ...b, ...b, ...a).buffer);
    expect(accuracyCeiling({ values, count: 1, patches: 4, patchLength: 1 })).toBe(0.5);
  });

  it('does not compare patches of different pictures', () => {
    expect(
      ceilingOf(
        pictures(2, 4, 1, (index) => index % 16),
        2,
      ),
    ).toBe(1);
  });

  it('compares tokens on a line, of a part of a longer buffer', () => {
    const values = Float32Array.of(9, 1, 2, 1, 2, 3, 4, 5, 6, 5, 7, 5, 8).subarray(1);
    // (1 2)(1 2)(3 4) and (5 6)(5 7)(5 8).
    expect(accuracyCeiling({ values, count: 2, patches: 3, patchLength: 2 })).toBeCloseTo(5 / 6, 12);
  });
});
