/** Samples are normalised as weights learned to read them, whatever they are themselves like. */
import { describe, expect, it } from 'vitest';
import { defaultRun } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { asRead, type Dataset, type Samples, sayOtherTokens, selectSamples } from '../../src/data/samples.ts';
import { synthesisedSet } from '../../src/data/sound/soundSet.ts';
import { tokenizerOf } from '../../src/data/tokenizers.ts';
import { rampDataset, rampPictures, tinyConfig } from '../tinyRun.ts';

const config = tinyConfig();
const json = (value: unknown) => JSON.parse(JSON.stringify(value));

/** Half as bright. */
function darkDataset(): Dataset {
  const dark = (seed: number): Samples => {
    const set = rampPictures(12, seed);
    return { ...set, pixels: set.pixels.map((value) => value / 2) };
  };
  return { name: 'Dark ramps', train: dark(3), heldOut: dark(4), heldOutIsTrain: false };
}

describe('pictures', () => {
  const recipe = json(tokenizerOf(config, rampDataset().train).recipe);

  it('have the numbers in which weights have learned to see them', () => {
    const { train, heldOut } = asRead(darkDataset(), recipe);
    const read = tokenizerOf(config, train);
    expect(read.statistics).toEqual({ mean: recipe.mean, deviation: recipe.deviation });
    const own = tokenizerOf(config, darkDataset().train);
    const [bright, dark] = [own, read].map((tokenizer) => tokenizer.cut(heldOut, [0]).values);
    // By their own mean they would look like bright ones.
    const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(bright))).toBeLessThan(0.2);
    expect(mean(dark)).toBeLessThan(-0.5);
    expect(tokenizerOf(config, selectSamples(train, [0, 1])).statistics).toEqual(read.statistics);
  });

  it('are the same set where nothing changes, and it is said where something does', () => {
    const same = rampDataset();
    expect(asRead(same, recipe)).toBe(same);
    expect(sayOtherTokens(same.train, recipe)).toBeUndefined();
    const dark = darkDataset();
    expect(sayOtherTokens(dark.train, recipe)).toMatch(
      /^These pictures are normalised as those that the weights learned from: mean \d+, \d+, \d+ and deviation .*, where their own would be mean/,
    );
    const once = asRead(dark, recipe);
    expect(asRead(once, recipe)).toBe(once);
  });

  it('keep their own where a file says nothing that can be used', () => {
    const dark = darkDataset();
    expect(asRead(dark, { modality: 'picture' })).toBe(dark);
    expect(asRead(dark, { ...recipe, mean: [1], deviation: [1] })).toBe(dark);
    expect(asRead(dark, { ...recipe, deviation: [0, 1, 1] })).toBe(dark);
    expect(asRead(dark, { ...recipe, mean: ['1', 2, 3] })).toBe(dark);
  });
});

describe('sounds', () => {
  const sounds = withSetting(defaultRun(), 'data.modality', 'sound');
  const set = (seed: number) => synthesisedSet({ set: 'syllables', seed, split: 'train' }, 1.024, 12, ['a', 'b']);

  it('have the bands’ mean and deviation of those that weights listened to, where bands are the same', () => {
    const first = set(1);
    const tokenizer = tokenizerOf(sounds, first);
    const recipe = json(tokenizer.recipe);
    const dataset = (train: Samples): Dataset => ({ name: 'Syllables', train, heldOut: train, heldOutIsTrain: true });
    const same = dataset(first);
    expect(asRead(same, recipe)).toBe(same);
    const { train } = asRead(dataset(set(2)), recipe);
    expect(tokenizerOf(sounds, train).statistics).toEqual(tokenizer.statistics);
    const otherBands = asRead(dataset(set(2)), { ...recipe, high: 4000 }).train;
    expect(tokenizerOf(sounds, otherBands).statistics).toEqual(tokenizerOf(sounds, set(2)).statistics);
  });
});
