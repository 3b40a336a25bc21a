import { describe, expect, it, test } from 'vitest';
import { PAIR_SECONDS, PAIR_SIZE } from '../../../src/config/modalities/pairShapes.ts';
import { CAPTION_PLACES, CAPTION_WORDS, captionFits, captionOf } from '../../../src/data/pairs/captions.ts';
import { drawDigit } from '../../../src/data/pairs/drawnDigit.ts';
import { speakDigit } from '../../../src/data/pairs/spokenDigit.ts';
import {
  combinationOf,
  DIGIT_NAMES,
  PAIR_COUNTS,
  type PairSplit,
  pairRandom,
  type Thing,
  thingAt,
} from '../../../src/data/pairs/things.ts';
import { EXPECTED_HASHES, pairHashes } from './pairHashes.ts';

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

const things = (split: PairSplit, count: number) => range(count).map((i) => thingAt(3, split, i));

describe('things', () => {
  it('are of all digits equally often, of all combinations about as often, and of no pattern', () => {
    const all = things('train', PAIR_COUNTS.train);
    for (const digit of DIGIT_NAMES.keys()) expect(all.filter((thing) => thing.digit === digit)).toHaveLength(800);
    const counts = range(40).map((combination) => all.filter((thing) => combinationOf(thing) === combination).length);
    // 200 each, of standard deviation 14.
    expect(Math.min(...counts)).toBeGreaterThan(150);
    expect(Math.max(...counts)).toBeLessThan(250);
    const size = all.map(({ large }) => Number(large));
    const place = all.map(({ right }) => Number(right));
    expect(Math.abs(correlation(size, place))).toBeLessThan(0.05);
    expect(Math.abs(correlation(size.slice(1), size))).toBeLessThan(0.05);
  });

  it('are others in each split and with another seed; those for testing are the same with every seed', () => {
    const text = (seed: number, split: PairSplit) => JSON.stringify(range(60).map((i) => thingAt(seed, split, i)));
    expect(new Set([text(3, 'train'), text(4, 'train'), text(3, 'heldOut')]).size).toBe(3);
    expect(text(4, 'heldOut')).toBe(text(3, 'heldOut'));
  });
});

describe('captions', () => {
  const written = things('train', 6000).map((thing, i) => ({
    thing,
    caption: captionOf(thing, 0.5, pairRandom(3, 'train', i, 'text')),
  }));
  const namesDigit = (caption: string) => DIGIT_NAMES.some((name) => caption.split(' ').includes(name));

  it('use 35 words, all of them, in at most seven places of eight', () => {
    expect(CAPTION_WORDS).toHaveLength(35);
    const used = new Set(written.flatMap(({ caption }) => caption.split(' ')));
    expect([...used].toSorted()).toEqual([...CAPTION_WORDS].toSorted());
    expect(Math.max(...written.map(({ caption }) => caption.split(' ').length))).toBeLessThan(CAPTION_PLACES);
  });

  it('say nothing that is not so, and name the digit as often as was asked', () => {
    for (const { thing, caption } of written) expect(captionFits(caption, thing)).toBe(true);
    const share = written.filter(({ caption }) => namesDigit(caption)).length / written.length;
    expect(Math.abs(share - 0.5)).toBeLessThan(0.03);
    for (const [i, thing] of things('train', 300).entries()) {
      expect(namesDigit(captionOf(thing, 0, pairRandom(3, 'train', i, 'text')))).toBe(true);
      expect(namesDigit(captionOf(thing, 1, pairRandom(3, 'train', i, 'text')))).toBe(false);
    }
  });

  it('that tell less do not change those that go on telling', () => {
    let same = 0;
    for (const [i, thing] of things('train', 300).entries()) {
      const [more, less] = [0.25, 0.5].map((share) => captionOf(thing, share, pairRandom(3, 'train', i, 'text')));
      if (namesDigit(less)) expect(less).toBe(more);
      same += Number(less === more);
    }
    expect(same).toBeGreaterThan(200);
  });

  it('fit some things and not others', () => {
    const seven: Thing = { digit: 7, large: false, right: true };
    for (const caption of ['a small seven', 'seven late', 'look at this', 'something right'])
      expect(captionFits(caption, seven)).toBe(true);
    for (const caption of ['a large seven', 'six late', 'seven early', 'something left'])
      expect(captionFits(caption, seven)).toBe(false);
  });
});

describe('pictures', () => {
  const drawn = things('train', 400).map((thing, i) => ({
    thing,
    pixels: drawDigit(thing, pairRandom(3, 'train', i, 'picture')),
  }));

  it('are as high as the size says and stand where the place says, inside of the picture', () => {
    for (const { thing, pixels } of drawn) {
      const dark = range(PAIR_SIZE * PAIR_SIZE).filter((i) => pixels[i] > 60);
      const rows = dark.map((i) => Math.floor(i / PAIR_SIZE));
      const columns = dark.map((i) => i % PAIR_SIZE);
      const height = Math.max(...rows) - Math.min(...rows) + 1;
      if (thing.large) expect(height).toBeGreaterThan(19);
      else expect(height).toBeLessThan(20);
      const middle = (Math.max(...columns) + Math.min(...columns)) / 2;
      if (thing.right) expect(middle).toBeGreaterThan(14.5);
      else expect(middle).toBeLessThan(17.5);
      expect(Math.max(...pixels)).toBeGreaterThan(150);
    }
    const middles = (right: boolean) => drawn.filter(({ thing }) => thing.right === right).map(({ pixels }) => centreOf(pixels));
    expect(Math.min(...middles(true)) - Math.max(...middles(false))).toBeGreaterThan(-2);
  });

  it('are never drawn twice', () => {
    expect(new Set(drawn.map(({ pixels }) => pixels.join())).size).toBe(drawn.length);
  });
});

describe('sounds', () => {
  const spoken = things('train', 200).map((thing, i) => ({
    thing,
    samples: speakDigit(thing, pairRandom(3, 'train', i, 'sound')),
  }));

  it('are heard early or late for a quarter to half of the clip, at the common level, in one voice of two', () => {
    for (const { thing, samples } of spoken) {
      expect(samples).toHaveLength(PAIR_SECONDS * 16_000);
      const heard = samples.findIndex((sample) => sample !== 0);
      const last = samples.findLastIndex((sample) => sample !== 0);
      const length = last + 1 - heard;
      const [before, free] = [heard, samples.length - length];
      expect(length / 16_000).toBeGreaterThan(0.2);
      expect(length / 16_000).toBeLessThan(0.42);
      expect(before / free > 0.7).toBe(thing.right);
      expect(before / free < 0.3).toBe(!thing.right);
      const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / length) / 32_767;
      expect(level).toBeGreaterThan(0.07);
      expect(level).toBeLessThan(0.102);
      const pitch = pitchOf(samples.subarray(last - 3200, last - 800));
      expect(pitch > 150, `${pitch} Hz, large: ${thing.large}`).toBe(!thing.large);
    }
  });

  it('are never spoken twice', () => {
    expect(new Set(spoken.map(({ samples }) => samples.join())).size).toBe(spoken.length);
  });
});

test('are the pairs that a browser makes, bit for bit', () => {
  expect(pairHashes()).toEqual(EXPECTED_HASHES);
});

/** Mean column of the ink. */
function centreOf(pixels: Uint8Array): number {
  const ink = pixels.reduce((sum, value) => sum + value, 0);
  return pixels.reduce((sum, value, i) => sum + (value * (i % PAIR_SIZE)) / ink, 0);
}

/** Hz: where the sound is most like itself. */
function pitchOf(samples: Int16Array): number {
  const likeness = (lag: number) => {
    let sum = 0;
    for (let i = 0; i + 240 < samples.length; i++) sum += samples[i] * samples[i + lag];
    return sum;
  };
  const lags = range(180).map((i) => 60 + i);
  const alike = lags.map(likeness);
  const most = Math.max(...alike);
  // The first of the peaks that are about as high: the others are its multiples.
  const peak = lags.find((_, i) => alike[i] > 0.85 * most && alike[i] >= (alike[i - 1] ?? 0) && alike[i] >= (alike[i + 1] ?? 0));
  return 16_000 / (peak ?? 1);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const count = Math.min(a.length, b.length);
  const mean = (values: readonly number[]) => values.slice(0, count).reduce((sum, value) => sum + value, 0) / count;
  const [meanA, meanB] = [mean(a), mean(b)];
  const products = (x: readonly number[], meanX: number, y: readonly number[], meanY: number) =>
    range(count).reduce((sum, i) => sum + (x[i] - meanX) * (y[i] - meanY), 0);
  return products(a, meanA, b, meanB) / Math.sqrt(products(a, meanA, a, meanA) * products(b, meanB, b, meanB));
}
