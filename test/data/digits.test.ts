import { describe, expect, test } from 'vitest';
import { digits } from '../../src/data/digits.ts';
import { distinctPatches, drawMany, labelCounts, meanAndDeviation } from './drawnPictures.ts';

const SIZE = 28;
const pictures = drawMany(digits, SIZE, 1200);

describe('digits', () => {
  test('are grey pictures of the ten digits, all drawn about equally often', () => {
    const counts = labelCounts(digits, pictures);
    expect(digits.classes).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    expect(Math.min(...counts)).toBeGreaterThan(80);
    expect(Math.max(...counts)).toBeLessThan(170);
    for (const { pixels } of pictures) expect(pixels).toHaveLength(SIZE * SIZE);
  });

  test('are dark strokes on light paper that is not blown out', () => {
    for (const { pixels } of pictures) {
      const { mean } = meanAndDeviation(pixels);
      const darkest = pixels.reduce((low, value) => Math.min(low, value), 255);
      const white = pixels.filter((value) => value === 255).length / pixels.length;
      expect(mean).toBeGreaterThan(110);
      expect(darkest).toBeLessThan(mean - 40);
      expect(white).toBeLessThan(0.05);
    }
  });

  test('lie on paper whose patches differ', () => {
    expect(distinctPatches(pictures.slice(0, 300), SIZE, 1, 7)).toBeGreaterThan(0.999);
    expect(distinctPatches(pictures.slice(0, 300), SIZE, 1, 4)).toBeGreaterThan(0.995);
  });

  test('look like themselves: the nearest class mean names most of them', () => {
    const learned = pictures.slice(0, 1000);
    const means = digits.classes.map((_, digit) =>
      meanPicture(learned.filter(({ label }) => label === digit).map(({ pixels }) => ink(pixels))),
    );
    const named = pictures.slice(1000).filter(({ pixels, label }) => {
      const distances = means.map((mean) => ink(pixels).reduce((sum, value, i) => sum + (value - (mean[i] ?? 0)) ** 2, 0));
      return distances.indexOf(Math.min(...distances)) === label;
    });
    expect(named.length / 200).toBeGreaterThan(0.6);
  });
});

/** Ink of 4 x 4 pixels together, 0 for paper. */
function ink(pixels: Uint8Array): number[] {
  const { mean } = meanAndDeviation(pixels);
  const cells = SIZE / 4;
  const sums = new Array<number>(cells * cells).fill(0);
  pixels.forEach((value, i) => {
    const cell = Math.floor(i / SIZE / 4) * cells + Math.floor((i % SIZE) / 4);
    if (value < mean - 30) sums[cell] = (sums[cell] ?? 0) + 1;
  });
  return sums;
}

function meanPicture(all: readonly number[][]): number[] {
  const length = all[0]?.length ?? 0;
  return Array.from({ length }, (_, i) => all.reduce((sum, picture) => sum + (picture[i] ?? 0), 0) / all.length);
}
