import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { PAIR_SIZE } from '../../../src/config/modalities/pairShapes.ts';
import { captionOf } from '../../../src/data/pairs/captions.ts';
import { corruptionRandom, corruptPicture, corruptPower, logPower } from '../../../src/data/pairs/corruption.ts';
import { DIGIT_NAMES, pairRandom, thingAt } from '../../../src/data/pairs/things.ts';

const BANDS = 4;
const FRAMES = 50;
const CLEAR = { occlusion: 0, noise: 0 };
const HIDDEN = { occlusion: 1, noise: 0 };

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function mean(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value / values.length, 0);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const [meanA, meanB] = [mean(a), mean(b)];
  const covariance = mean(a.map((value, i) => (value - meanA) * (b[i] - meanB)));
  return covariance / Math.sqrt(mean(a.map((value) => (value - meanA) ** 2)) * mean(b.map((value) => (value - meanB) ** 2)));
}

describe('corruption of pictures', () => {
  const paper = () => new Float32Array(PAIR_SIZE * PAIR_SIZE);

  it('does nothing at 0', () => {
    const pixels = paper();
    expect(corruptPicture(pixels, PAIR_SIZE, CLEAR, new Random(1, 'picture'))).toBe(false);
    expect(pixels).toEqual(paper());
  });

  it('puts one grey rectangle of 10 to 17 pixels over them, less what lies outside, anywhere', () => {
    const seen = paper();
    const sides = new Set<number>();
    for (const i of range(1500)) {
      const pixels = paper();
      expect(corruptPicture(pixels, PAIR_SIZE, HIDDEN, new Random(i, 'picture'))).toBe(true);
      const hidden = range(pixels.length).filter((at) => pixels[at] !== 0);
      const rows = hidden.map((at) => Math.floor(at / PAIR_SIZE));
      const columns = hidden.map((at) => at % PAIR_SIZE);
      const [height, width] = [rows, columns].map((places) => Math.max(...places) - Math.min(...places) + 1);
      expect(hidden).toHaveLength(height * width);
      expect(Math.min(height, width)).toBeGreaterThanOrEqual(10);
      expect(Math.max(height, width)).toBeLessThanOrEqual(17);
      expect(pixels.every((value) => value === 0 || value === 0.5)).toBe(true);
      for (const at of hidden) seen[at] += 1;
      sides.add(height).add(width);
    }
    expect([...sides].toSorted()).toEqual(range(8).map((i) => 10 + i));
    expect(Math.min(...seen)).toBeGreaterThan(0);
  });

  it('adds noise of the deviation that was set, on the rectangle too', () => {
    const pixels = new Float32Array(100 * 100);
    corruptPicture(pixels, 100, { occlusion: 0, noise: 0.25 }, new Random(1, 'picture'));
    expect(Math.abs(mean(pixels))).toBeLessThan(0.01);
    expect(Math.sqrt(mean(pixels.map((value) => value * value)))).toBeCloseTo(0.25, 2);
    const both = new Float32Array(10 * 10);
    corruptPicture(both, 10, { occlusion: 1, noise: 0.25 }, new Random(1, 'picture'));
    expect(new Set(both).size).toBe(100);
  });
});

describe('corruption of sounds', () => {
  const steady = () => new Float32Array(FRAMES * BANDS).fill(2);

  it('does nothing at 0', () => {
    const power = steady();
    expect(corruptPower(power, BANDS, CLEAR, new Random(1, 'sound'))).toBe(false);
    expect(power).toEqual(steady());
  });

  it('takes the sound away for one stretch of 6 to 15 frames, in all bands', () => {
    const starts = new Set<number>();
    for (const i of range(500)) {
      const power = steady();
      expect(corruptPower(power, BANDS, HIDDEN, new Random(i, 'sound'))).toBe(true);
      const silent = range(FRAMES).filter((frame) => power[frame * BANDS] === 0);
      for (const frame of range(FRAMES)) expect(new Set(power.subarray(frame * BANDS, (frame + 1) * BANDS)).size).toBe(1);
      expect(silent.length).toBeGreaterThanOrEqual(6);
      expect(silent.length).toBeLessThanOrEqual(15);
      expect(silent[silent.length - 1] - silent[0] + 1).toBe(silent.length);
      starts.add(silent[0]);
    }
    expect([...starts].toSorted((a, b) => a - b)).toEqual(range(40));
  });

  it('adds power that is distributed exponentially, up to four times the noise times the mean of the clip, in the gap too', () => {
    const levels = range(400).map((i) => {
      const power = steady();
      corruptPower(power, BANDS, { occlusion: 0, noise: 0.25 }, new Random(i, 'sound'));
      expect(power.every((value) => value > 2)).toBe(true);
      return mean(power) - 2;
    });
    // The clip's mean power is 2: levels are uniform between 0 and 2.
    expect(mean(levels)).toBeCloseTo(1, 0);
    expect(Math.min(...levels)).toBeLessThan(0.1);
    expect(Math.max(...levels)).toBeGreaterThan(1.8);
    expect(Math.max(...levels)).toBeLessThan(2.6);
    const loud = new Float32Array(200_000).fill(1);
    corruptPower(loud, BANDS, { occlusion: 0, noise: 0.25 }, new Random(7, 'sound'));
    const noise = loud.map((value) => value - 1);
    // Of an exponential distribution the deviation is the mean.
    expect(Math.sqrt(mean(noise.map((value) => value * value)) - mean(noise) ** 2) / mean(noise)).toBeCloseTo(1, 1);
    const gap = steady();
    corruptPower(gap, BANDS, { occlusion: 1, noise: 0.25 }, new Random(3, 'sound'));
    expect(gap.every((value) => value > 0)).toBe(true);
  });
});

it('takes logarithms of silence too', () => {
  const power = Float32Array.of(0, 1, 2);
  logPower(power);
  expect([...power].map((value) => Math.exp(value))).toEqual([3e-5, 1 + 3e-5, 2 + 3e-5].map((value) => expect.closeTo(value, 6)));
});

describe('streams of corruption', () => {
  const SETTINGS = { occlusion: 0.5, noise: 0.25 };

  it('go their own way for each member: what is hidden of one tells nothing of the others', () => {
    const pixels = new Float32Array(12 * 12);
    const power = new Float32Array(FRAMES);
    const flags = range(10_000).map((i) => ({
      picture: Number(corruptPicture(pixels, 12, SETTINGS, corruptionRandom(1, 'train', 'picture', i))),
      sound: Number(corruptPower(power.fill(1), 1, SETTINGS, corruptionRandom(1, 'train', 'sound', i))),
      text: Number(
        !DIGIT_NAMES.some((name) => captionOf(thingAt(1, 'train', i), 0.5, pairRandom(1, 'train', i, 'text')).includes(name)),
      ),
      digit: i % 10,
    }));
    const names = ['picture', 'sound', 'text', 'digit'] as const;
    for (const a of names) {
      for (const b of names.slice(names.indexOf(a) + 1)) {
        const together = correlation(
          flags.map((flag) => flag[a]),
          flags.map((flag) => flag[b]),
        );
        expect(Math.abs(together), `${a} and ${b}`).toBeLessThan(0.03);
      }
    }
    for (const name of names.slice(0, 3)) expect(Math.abs(mean(flags.map((flag) => flag[name])) - 0.5)).toBeLessThan(0.015);
  });

  it('are fresh at every place of the training stream and with every seed; a test sample has its own for good', () => {
    const numbers = (seed: number, split: 'train' | 'heldOut', at: number) =>
      corruptionRandom(seed, split, 'picture', at).uint32();
    expect(new Set([numbers(1, 'train', 0), numbers(1, 'train', 1), numbers(2, 'train', 0), numbers(1, 'heldOut', 0)]).size).toBe(
      4,
    );
    expect(numbers(2, 'heldOut', 5)).toBe(numbers(1, 'heldOut', 5));
    expect(corruptionRandom(1, 'train', 'sound', 0).uint32()).not.toBe(numbers(1, 'train', 0));
  });
});
