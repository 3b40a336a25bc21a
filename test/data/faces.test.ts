import { describe, expect, test } from 'vitest';
import { faces } from '../../src/data/faces.ts';
import { distinctPatches, drawMany, labelCounts, meanAndDeviation } from './drawnPictures.ts';

const SIZE = 32;
const pictures = drawMany(faces, SIZE, 600);

describe('faces', () => {
  test('are colour pictures of at least eight classes, all of them drawn about equally often', () => {
    const counts = labelCounts(faces, pictures);
    expect(faces.classes.length).toBeGreaterThanOrEqual(8);
    expect(new Set(faces.classes).size).toBe(faces.classes.length);
    expect(counts).toHaveLength(faces.classes.length);
    expect(Math.min(...counts)).toBeGreaterThan(0.5 * (pictures.length / counts.length));
    expect(Math.max(...counts)).toBeLessThan(1.6 * (pictures.length / counts.length));
    for (const { pixels } of pictures) expect(pixels).toHaveLength(SIZE * SIZE * 3);
  });

  test('have hardly two patches alike, so that a puzzle has one solution', () => {
    expect(distinctPatches(pictures.slice(0, 200), SIZE, 3, 8)).toBeGreaterThan(0.999);
    expect(distinctPatches(pictures.slice(0, 200), SIZE, 3, 4)).toBeGreaterThan(0.995);
  });

  test('are neither dark nor washed out nor flat', () => {
    const statistics = pictures.map(({ pixels }) => meanAndDeviation(pixels));
    const means = statistics.map(({ mean }) => mean);
    expect(Math.min(...means)).toBeGreaterThan(15);
    expect(Math.max(...means)).toBeLessThan(235);
    const overall = means.reduce((sum, mean) => sum + mean, 0) / means.length;
    expect(overall).toBeGreaterThan(90);
    expect(overall).toBeLessThan(170);
    for (const { deviation } of statistics) expect(deviation).toBeGreaterThan(9);
  });

  test('use all three channels', () => {
    const coloured = pictures.filter(({ pixels }) => {
      let spread = 0;
      for (let i = 0; i < pixels.length; i += 3) spread += Math.abs((pixels[i] ?? 0) - (pixels[i + 2] ?? 0));
      return spread / (pixels.length / 3) > 8;
    });
    expect(coloured.length).toBeGreaterThan(0.9 * pictures.length);
  });
});
