import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { sidesOf, type Tokens, tokensOn } from '../../src/config/modalities/tokens.ts';
import { type MixingSettings, mixBatch } from '../../src/objectives/mixing.ts';
import { numbersOf } from '../../src/objectives/tokenValues.ts';

const [COUNT, GRID, PATCH, CHANNELS, CLASSES] = [40, 4, 3, 2, 5];
const PIXELS = (GRID * PATCH) ** 2;
const TOKENS = tokensOn('picture', [GRID, GRID], [PATCH, PATCH, CHANNELS]);
const labels = Uint16Array.from({ length: COUNT }, (_, i) => i % CLASSES);
/** Picture i is i everywhere, so that a mixed one says what it is made of. */
const values = Float32Array.from({ length: COUNT * PIXELS * CHANNELS }, (_, k) => Math.floor(k / (PIXELS * CHANNELS)));
const batch = { values, labels, count: COUNT, patches: GRID ** 2, patchLength: PATCH ** 2 * CHANNELS };

const mix = (settings: Partial<MixingSettings>, seed = 1) =>
  mixBatch(batch, TOKENS, CLASSES, { smoothing: 0, mixup: 0, cutmix: 0, ...settings }, new Random(seed));
const rowOf = (targets: Float32Array, i: number) => Array.from(targets.subarray(i * CLASSES, (i + 1) * CLASSES));
const pictureOf = (all: Float32Array, i: number) => all.subarray(i * PIXELS * CHANNELS, (i + 1) * PIXELS * CHANNELS);

/** CutMix of samples of any tokens, each made of its own index. */
function cutMix(tokens: Tokens, alpha = 1) {
  const length = tokens.count * tokens.length;
  const samples = Float32Array.from({ length: COUNT * length }, (_, k) => Math.floor(k / length));
  const cut = { values: samples, labels, count: COUNT, patches: tokens.count, patchLength: tokens.length };
  const settings = { smoothing: 0, mixup: 0, cutmix: alpha };
  const { values: mixed, targets } = mixBatch(cut, tokens, CLASSES, settings, new Random(1));
  return { mixed, targets, length };
}

/** (count * length) row and column of every number of a sample; on a line there is one column. */
function placesOf({ grid, layout, count, length }: Tokens): [row: number, column: number][] {
  const [height, width] = grid.length === 1 ? [layout[0], 1] : layout;
  const across = grid.length === 1 ? 1 : sidesOf(grid)[1];
  const channels = length / (height * width);
  return Array.from({ length: count * length }, (_, k) => {
    const [cell, pixel] = [Math.floor(k / length), Math.floor((k % length) / channels)];
    return [Math.floor(cell / across) * height + Math.floor(pixel / width), (cell % across) * width + (pixel % width)];
  });
}

describe('mixBatch', () => {
  it.each<Partial<MixingSettings>>([
    {},
    { smoothing: 0.1 },
    { mixup: 0.8 },
    { cutmix: 1 },
    { smoothing: 0.1, mixup: 0.2, cutmix: 2 },
    { mixup: 0.1, smoothing: 0.5 },
  ])('has targets that sum to 1, none negative: %o', (settings) => {
    const { targets } = mix(settings);
    for (let i = 0; i < COUNT; i++) {
      expect(rowOf(targets, i).reduce((a, b) => a + b)).toBeCloseTo(1, 6);
      expect(Math.min(...rowOf(targets, i))).toBeGreaterThanOrEqual(0);
    }
  });

  it('smooths as labels (1 - s) + s / classes, and leaves pictures alone', () => {
    const { targets, values: same, labels: hard } = mix({ smoothing: 0.1 });
    expect(rowOf(targets, 1).map((value) => value.toFixed(6))).toEqual(
      [0.02, 0.92, 0.02, 0.02, 0.02].map((value) => value.toFixed(6)),
    );
    expect(same).toEqual(values);
    expect(Array.from(hard)).toEqual(Array.from(labels));
  });

  it('blends two pictures by mixup in the proportion of their targets', () => {
    const { targets, values: mixed, labels: hard } = mix({ mixup: 1 });
    let blended = 0;
    for (let i = 0; i < COUNT; i++) {
      const picture = pictureOf(numbersOf({ values: mixed }), i);
      expect(new Set(picture).size).toBe(1);
      const row = rowOf(targets, i);
      const share = row[i % CLASSES];
      const partnerClass = row.findIndex((value, label) => value > 0 && label !== i % CLASSES);
      if (partnerClass < 0) continue;
      blended++;
      // share i + (1 - share) partner = the pixel.
      const partner = (picture[0] - share * i) / (1 - share);
      expect(partner).toBeCloseTo(Math.round(partner), 2);
      expect(Math.round(partner) % CLASSES).toBe(partnerClass);
      expect(hard[i]).toBe(share < 0.5 ? partnerClass : i % CLASSES);
    }
    expect(blended).toBeGreaterThan(20);
  });

  it.each<[string, Tokens]>([
    ['square patches', TOKENS],
    ['patches of another shape on another grid', tokensOn('picture', [2, 5], [3, 4, CHANNELS])],
    ['tokens on a line', tokensOn('picture', [9], [5, CHANNELS])],
    ['tokens on a line whose numbers have one axis', tokensOn('picture', [9], [10])],
  ])('pastes one part of %s by CutMix, with targets of its true share', (_, tokens) => {
    const { mixed, targets, length } = cutMix(tokens);
    let inside = 0;
    for (let i = 0; i < COUNT; i++) {
      const numbers = mixed.subarray(i * length, (i + 1) * length);
      const places = placesOf(tokens);
      const pasted = places.filter((_place, k) => numbers[k] !== i);
      if (pasted.length === 0) continue;
      expect(new Set(numbers).size).toBeLessThanOrEqual(2);
      const [rows, columns] = [pasted.map(([row]) => row), pasted.map(([, column]) => column)];
      const height = Math.max(...rows) - Math.min(...rows) + 1;
      const width = Math.max(...columns) - Math.min(...columns) + 1;
      const channels = length / new Set(places.map(String)).size;
      expect(height * width * channels).toBe(pasted.length);
      const [tokenHeight, tokenWidth] = tokens.grid.length === 1 ? [tokens.layout[0], 1] : tokens.layout;
      if (height % tokenHeight > 0 || width % tokenWidth > 0) inside++;
      const row = rowOf(targets, i);
      const other = row.findIndex((value, label) => value > 0 && label !== i % CLASSES);
      if (other >= 0) expect(row[other]).toBeCloseTo(pasted.length / length, 6);
    }
    // Parts begin and end inside tokens too.
    expect(inside).toBeGreaterThan(5);
  });

  it('pastes as much along a line as on a grid: half of a sample, from a share of a half', () => {
    // A large alpha keeps shares near 1/2, and ends cut off what is beyond them.
    const { targets } = cutMix(tokensOn('picture', [100], [10]), 1000);
    const pasted = Array.from({ length: COUNT }, (_, i) => 1 - rowOf(targets, i)[i % CLASSES]).filter((share) => share > 0);
    expect(pasted.length).toBeGreaterThan(20);
    for (const share of pasted) expect(share).toBeLessThan(0.56);
    expect(Math.max(...pasted)).toBeGreaterThan(0.45);
    // Centred anywhere, a half loses a sixteenth of the whole to the ends.
    expect(pasted.reduce((a, b) => a + b) / pasted.length).toBeCloseTo(7 / 16, 1);
  });

  it('draws shares from Beta(alpha, alpha): 1 is uniform, small alphas hardly mix', () => {
    const shares = (alpha: number) =>
      Array.from({ length: 50 }, (_, seed) => {
        const { targets } = mix({ mixup: alpha }, seed);
        return Array.from({ length: COUNT }, (_, i) => targets[i * CLASSES + (i % CLASSES)]).filter((share) => share < 1);
      }).flat();
    const spread = (values: number[]) => values.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / values.length;
    // Variance of Beta(a, a) is 1 / (4 (2 a + 1)).
    expect(spread(shares(1))).toBeCloseTo(1 / 12, 2);
    expect(spread(shares(0.2))).toBeCloseTo(1 / 5.6, 2);
    expect(spread(shares(2))).toBeCloseTo(1 / 20, 2);
  });

  it('is the same for the same seed, and changes no picture of the batch itself', () => {
    const before = values.slice();
    expect(mix({ mixup: 1, cutmix: 1 })).toEqual(mix({ mixup: 1, cutmix: 1 }));
    expect(mix({ mixup: 1 }, 2).values).not.toEqual(mix({ mixup: 1 }).values);
    expect(values).toEqual(before);
  });
});
