import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { applyView, randomView, wholeView } from '../../src/data/augment.ts';
import { BatchStream } from '../../src/data/batches.ts';
import { patchify, unpatchify } from '../../src/data/patchify.ts';
import { type PictureSet, selectPictures } from '../../src/data/pictures.ts';
import { PictureTokenizer } from '../../src/data/pictureTokenizer.ts';
import { rampPictures, tinyConfig } from '../tinyRun.ts';

const PLAIN = { flip: false, minCrop: 1, brightness: 0, contrast: 0, saturation: 0 };

/** A run with these settings of its pictures: 28 px in patches of 7 unless said otherwise. */
function configOf(picture: Partial<RunConfig['picture']> = {}): RunConfig {
  const config = tinyConfig();
  return { ...config, picture: { ...config.picture, ...PLAIN, ...picture } };
}

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
      applyView(source, size, 3, randomView(size, { ...PLAIN, flip: true, minCrop: 0.2 }, new Random(1, i)), target);
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
    const mirrored = Array.from({ length: 400 }, (_, i) => randomView(8, { ...PLAIN, flip: true }, new Random(2, i)).mirrored);
    expect(mirrored.filter(Boolean).length).toBeGreaterThan(150);
    expect(mirrored.filter(Boolean).length).toBeLessThan(250);
    expect(randomView(8, PLAIN, new Random(2)).mirrored).toBe(false);
  });
});

describe('a cut', () => {
  const set = rampPictures(6, 9);
  const jitter = { brightness: 0.4, contrast: 0.4, saturation: 0.4 };

  it.each([
    ['whole', {}],
    ['mirrored', { flip: true }],
    ['cropped', { flip: true, minCrop: 0.3 }],
    ['in other colours', { flip: true, ...jitter }],
    ['cropped and in other colours', { minCrop: 0.3, ...jitter }],
  ])('of pictures %s is the view, less the mean, over the deviation, in patches: bit for bit', (_, settings) => {
    const config = configOf(settings);
    const tokenizer = new PictureTokenizer(config, set);
    const { mean, deviation } = tokenizer.statistics;
    const indices = [4, 0, 5, 2];
    const looks = indices.map((index) => tokenizer.look(config, new Random(5, index)));
    const plain = indices.flatMap((index, i) => {
      const pixels = new Float32Array(28 * 28 * 3);
      applyView(set.pixels.subarray(index * pixels.length, (index + 1) * pixels.length), 28, 3, looks[i], pixels);
      return [
        ...patchify(
          pixels.map((value, at) => (value - mean[at % 3]) / deviation[at % 3]),
          28,
          3,
          7,
        ),
      ];
    });
    expect(tokenizer.cut(set, indices, looks).values).toEqual(Float32Array.from(plain));
  });

  it('resamples each pixel of a crop between the four around it', () => {
    const source = rampPictures(1, 3).pixels;
    const view = { left: 3.3, top: 5.7, side: 17.9, mirrored: true };
    const target = new Float32Array(source.length);
    applyView(source, 28, 3, view, target);
    const scale = view.side / 28;
    const at = (y: number, x: number, c: number) => source[(Math.min(27, y) * 28 + Math.min(27, x)) * 3 + c];
    const expected = Float32Array.from(target, (_, i) => {
      const [row, column, c] = [Math.floor(i / 84), 27 - (Math.floor(i / 3) % 28), i % 3];
      const [x, y] = [view.left + (column + 0.5) * scale - 0.5, view.top + (row + 0.5) * scale - 0.5];
      const [x0, y0] = [Math.floor(x), Math.floor(y)];
      const across = (r: number) => at(r, x0, c) + (at(r, x0 + 1, c) - at(r, x0, c)) * (x - x0);
      return across(y0) + (across(y0 + 1) - across(y0)) * (y - y0);
    });
    expect(target).toEqual(expected);
  });
});

describe('BatchStream', () => {
  const set = rampPictures(10, 3);
  const tokenizer = new PictureTokenizer(configOf(), set);
  const stream = (chosen?: number[]) => new BatchStream(set, tokenizer, 42, chosen);

  it('shows every picture once an epoch, in another order each epoch', () => {
    const one = stream();
    const epochs = [0, 1, 2].map((epoch) => Array.from({ length: 10 }, (_, i) => one.indexAt(epoch * 10 + i)));
    for (const order of epochs) expect(order.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(epochs[0]).not.toEqual(epochs[1]);
    expect(epochs[1]).not.toEqual(epochs[2]);
  });

  it('resumes anywhere: a batch does not depend on what was drawn before it', () => {
    const settings = configOf({ flip: true, minCrop: 0.6 });
    const played = stream();
    for (let position = 0; position < 35; position += 7) played.batch(position, 7, settings);
    expect(stream().batch(35, 7, settings)).toEqual(played.batch(35, 7, settings));
  });

  it('fills a batch larger than the data set from several epochs', () => {
    expect(stream().batch(0, 25, configOf()).count).toBe(25);
  });

  it('serves one single picture for ever', () => {
    const one = new BatchStream(rampPictures(1, 1), tokenizer, 1);
    expect(one.batch(1000, 3, configOf()).values).toHaveLength(3 * 28 * 28 * 3);
  });

  it('serves the chosen ones as if there were no others, with their labels', () => {
    const chosen = [8, 1, 4];
    const settings = configOf({ flip: true, minCrop: 0.6 });
    const only = new BatchStream(selectPictures(set, chosen), tokenizer, 42);
    const batch = stream(chosen).batch(5, 7, settings);
    expect(batch).toEqual(only.batch(5, 7, settings));
    expect([...(batch.labels ?? [])]).toEqual(Array.from({ length: 7 }, (_, i) => stream(chosen).indexAt(5 + i) % 2));
  });
});

describe('normalised patches', () => {
  it('have mean 0 and deviation 1 per channel over the set they were measured on', () => {
    const set = rampPictures(6, 4);
    const { values } = new PictureTokenizer(configOf(), set).cut(set, [0, 1, 2, 3, 4, 5]);
    for (const channel of [0, 1, 2]) {
      const own = values.filter((_, i) => i % 3 === channel);
      const mean = own.reduce((a, b) => a + b, 0) / own.length;
      const variance = own.reduce((a, b) => a + (b - mean) ** 2, 0) / own.length;
      expect(mean).toBeCloseTo(0, 4);
      expect(variance).toBeCloseTo(1, 3);
    }
  });

  it('stay finite when all pixels are equal', () => {
    const set: PictureSet = {
      modality: 'picture',
      pixels: new Uint8Array(64).fill(9),
      count: 1,
      size: 8,
      channels: 1,
      classes: [],
    };
    const { values } = new PictureTokenizer(configOf({ size: 8, patch: 4 }), set).cut(set, [0]);
    expect(values.every((value) => value === 0)).toBe(true);
  });

  it('are drawn as the pictures that they were cut from', () => {
    const set = rampPictures(3, 4);
    const tokenizer = new PictureTokenizer(configOf(), set);
    const { values, patches, patchLength } = tokenizer.cut(set, [2]);
    expect([patches, patchLength]).toEqual([16, 147]);
    const drawn = tokenizer.draw(values);
    const whole = set.pixels.subarray(2 * drawn.length);
    expect(drawn).toHaveLength(28 * 28 * 3);
    // A clamped array rounds.
    expect(drawn).toEqual(whole);
  });

  it('are not cut from pictures of another size, nor by a patch that does not divide them', () => {
    const set = rampPictures(1, 4);
    expect(() => new PictureTokenizer(configOf({ size: 32, patch: 8 }), set)).toThrow('28 px');
    expect(() => new PictureTokenizer(configOf({ patch: 8 }), set)).toThrow('divide');
  });
});
