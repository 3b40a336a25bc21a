import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { applyView, randomView, wholeView } from '../../src/data/augment.ts';
import { BatchStream, toPatches } from '../../src/data/batches.ts';
import { pixelStatistics } from '../../src/data/normalise.ts';
import { patchify, unpatchify } from '../../src/data/patchify.ts';
import type { PictureSet } from '../../src/data/pictures.ts';
import { rampPictures } from '../tinyRun.ts';

const PLAIN = { flip: false, minCrop: 1 };

describe('patchify', () => {
  it.each([
    [8, 1, 4],
    [12, 3, 4],
    [28, 3, 7],
  ])('is undone by unpatchify at %i px, %i channels, patches of %i', (size, channels, patch) => {
    const pixels = Float32Array.from({ length: size * size * channels }, (_, i) => i);
    const patches = patchify(pixels, size, channels, patch);
    expect(unpatchify(patches, size, channels, patch)).toEqual(pixels);
    expect(patches).not.toEqual(pixels);
  });

  it('goes by raster order, and row, column, channel inside a patch', () => {
    // 4 x 4 pixels of 1 channel, patches of 2: the second patch is the top right one.
    const pixels = Float32Array.from({ length: 16 }, (_, i) => i);
    expect([...patchify(pixels, 4, 1, 2)].slice(4, 8)).toEqual([2, 3, 6, 7]);
    const colour = Float32Array.from({ length: 48 }, (_, i) => i);
    expect([...patchify(colour, 4, 3, 2)].slice(0, 6)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('views', () => {
  it('never bring in anything but pixels of the picture: no rim that gives positions away', () => {
    const size = 16;
    const source = new Uint8Array(size * size * 3).fill(137);
    const target = new Float32Array(source.length);
    for (let i = 0; i < 200; i++) {
      applyView(source, size, 3, randomView(size, { flip: true, minCrop: 0.2 }, new Random(1, i)), target);
      expect(target.every((value) => Math.abs(value - 137) < 1e-3)).toBe(true);
    }
  });

  it('mirror left to right, exactly', () => {
    const source = Uint8Array.from([1, 2, 3, 4]);
    const target = new Float32Array(4);
    applyView(source, 2, 1, { ...wholeView(2), mirrored: true }, target);
    expect([...target]).toEqual([2, 1, 4, 3]);
  });

  it('flip about half of the pictures, and none when flips are off', () => {
    const mirrored = Array.from({ length: 400 }, (_, i) => randomView(8, { flip: true, minCrop: 1 }, new Random(2, i)).mirrored);
    expect(mirrored.filter(Boolean).length).toBeGreaterThan(150);
    expect(mirrored.filter(Boolean).length).toBeLessThan(250);
    expect(randomView(8, PLAIN, new Random(2)).mirrored).toBe(false);
  });
});

describe('BatchStream', () => {
  const set = rampPictures(10, 3);
  const statistics = pixelStatistics(set);
  const stream = () => new BatchStream(set, statistics, 7, 42);

  it('shows every picture once an epoch, in another order each epoch', () => {
    const one = stream();
    const epochs = [0, 1, 2].map((epoch) => Array.from({ length: 10 }, (_, i) => one.indexAt(epoch * 10 + i)));
    for (const order of epochs) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[1]).not.toEqual(epochs[2]);
  });

  it('resumes anywhere: a batch does not depend on what was drawn before it', () => {
    const settings = { flip: true, minCrop: 0.6 };
    const played = stream();
    for (let position = 0; position < 35; position += 7) played.batch(position, 7, settings);
    expect(stream().batch(35, 7, settings)).toEqual(played.batch(35, 7, settings));
  });

  it('fills a batch larger than the data set from several epochs', () => {
    expect(stream().batch(0, 25, PLAIN).count).toBe(25);
  });

  it('serves one single picture for ever', () => {
    const one = new BatchStream(rampPictures(1, 1), statistics, 7, 1);
    expect(one.batch(1000, 3, PLAIN).values).toHaveLength(3 * 28 * 28 * 3);
  });
});

describe('normalised patches', () => {
  it('have mean 0 and deviation 1 per channel over the set they were measured on', () => {
    const set = rampPictures(6, 4);
    const { values } = toPatches(set, [0, 1, 2, 3, 4, 5], pixelStatistics(set), 7);
    for (const channel of [0, 1, 2]) {
      const own = values.filter((_, i) => i % 3 === channel);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length;
      expect(mean).toBeCloseTo(0, 4);
      expect(variance).toBeCloseTo(1, 3);
    }
  });

  it('stay finite when all pixels are equal', () => {
    const set: PictureSet = { pixels: new Uint8Array(64).fill(9), count: 1, size: 8, channels: 1, classes: [] };
    expect(toPatches(set, [0], pixelStatistics(set), 4).values.every((value) => value === 0)).toBe(true);
  });
});
