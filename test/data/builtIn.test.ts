import { describe, expect, test } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { BUILT_IN_COUNTS, BUILT_IN_PICTURES } from '../../src/config/datasets.ts';
import { builtInDataset } from '../../src/data/builtIn.ts';
import { drawPicture } from '../../src/data/builtInPictures.ts';
import { pictureAt } from '../../src/data/pictures.ts';
import { asPictures } from '../asPictures.ts';
import { formWith } from '../formWith.ts';
import { halved, hashOf, meanDifference } from './drawnPictures.ts';

/** Of twelve pictures at 32 px. These change only when a drawing is changed on purpose. */
const HASHES = { scenes: '3b7c111c', faces: 'ad258030', digits: '56b57ca' } as const;

function twelve(name: (typeof BUILT_IN_PICTURES)[number], size: number) {
  return Array.from({ length: 12 }, (_, i) => drawPicture(name, size, new Random(1, name, 'train', i)));
}

describe.each(BUILT_IN_PICTURES)('%s', (name) => {
  test('are the same bytes on every machine', () => {
    expect(hashOf(twelve(name, 32))).toBe(HASHES[name]);
  });

  test('do not depend on what was drawn before', () => {
    const inOrder = twelve(name, 32);
    drawPicture(name, 64, new Random(5, 'something else'));
    for (const i of [7, 0, 11]) {
      const alone = drawPicture(name, 32, new Random(1, name, 'train', i));
      expect(alone).toEqual(inOrder[i]);
    }
  });

  test('show the same scene at every size', () => {
    const small = twelve(name, 32);
    const large = twelve(name, 64);
    const shrunk = large.map(({ pixels }) => halved(pixels, 64, pixels.length / 64 ** 2));
    const own = shrunk.map((pixels, i) => meanDifference(pixels, small[i]?.pixels ?? []));
    const others = shrunk.map((pixels, i) => meanDifference(pixels, small[(i + 1) % small.length]?.pixels ?? []));
    expect(large.map(({ label }) => label)).toEqual(small.map(({ label }) => label));
    expect(Math.max(...own)).toBeLessThan(14);
    expect(mean(own)).toBeLessThan(0.25 * mean(others));
  });

  test.each([28, 48, 64])('come at %i px', (size) => {
    const { pixels } = drawPicture(name, size, new Random(1, name, 'train', 3));
    expect([size * size, 3 * size * size]).toContain(pixels.length);
    expect(new Set(pixels).size).toBeGreaterThan(30);
  });
});

describe('builtInDataset', () => {
  test('fills both splits from streams of their own and tells how far it is', async () => {
    const reports: [number, number][] = [];
    const dataset = await builtInDataset('digits', formWith({ picture: { size: 28 } }), 3, (done, total) => {
      reports.push([done, total]);
    });
    const [train, heldOut] = [asPictures(dataset.train), asPictures(dataset.heldOut)];
    expect(dataset.name).toBe('Digits');
    expect(dataset.heldOutIsTrain).toBe(false);
    for (const [set, count] of [
      [train, BUILT_IN_COUNTS.train],
      [heldOut, BUILT_IN_COUNTS.heldOut],
    ] as const) {
      expect(set).toMatchObject({ count, size: 28, channels: 1 });
      expect(set.pixels).toHaveLength(count * 28 * 28);
      expect(set.labels).toHaveLength(count);
      expect(Math.max(...(set.labels ?? []))).toBe(set.classes.length - 1);
    }
    expect(pictureAt(train, 4321)).toEqual(drawPicture('digits', 28, new Random(3, 'digits', 'train', 4321)).pixels);
    expect(pictureAt(heldOut, 77)).toEqual(drawPicture('digits', 28, new Random(3, 'digits', 'heldOut', 77)).pixels);
    expect(pictureAt(heldOut, 77)).not.toEqual(pictureAt(train, 77));
    expect(reports.length).toBeGreaterThan(20);
    expect(reports.map(([done]) => done)).toEqual(reports.map(([done]) => done).toSorted((a, b) => a - b));
    expect(reports.at(-1)).toEqual([5500, 5500]);
  });

  test('lets others work while it draws, and stops when its progress callback throws', async () => {
    let calls = 0;
    const drawing = builtInDataset('digits', formWith({ picture: { size: 28 } }), 3, async () => {
      calls++;
      await Promise.resolve();
      if (calls === 2) throw new Error('stop');
    });
    await expect(drawing).rejects.toThrow('stop');
    expect(calls).toBe(2);
  });
});

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
