import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { cosine, exponential, keptEachSample, sine, whiteNoise } from '../../../src/data/sound/synth/exact.ts';

describe('arithmetic that is the same everywhere', () => {
  it('has sines and cosines of turns', () => {
    for (let i = -4000; i <= 4000; i++) {
      const turns = i / 997;
      expect(Math.abs(sine(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(6e-8);
      expect(Math.abs(cosine(turns) - Math.cos(2 * Math.PI * turns))).toBeLessThan(6e-8);
    }
    expect([sine(0), sine(0.5), sine(12_345)]).toEqual([0, 0, 0]);
  });

  it('has exponentials', () => {
    for (let x = -20; x <= 20; x += 0.13) expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-12);
    expect(keptEachSample(0)).toBe(1);
    expect(keptEachSample(16_000)).toBeCloseTo(1 / Math.E, 12);
  });

  it('has noise of mean 0, variance 1 and no memory', () => {
    const random = new Random(1, 'noise');
    const noise = Array.from({ length: 100_000 }, () => whiteNoise(random));
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(noise))).toBeLessThan(0.01);
    expect(mean(noise.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(Math.abs(mean(noise.slice(1).map((value, i) => value * (noise[i] as number))))).toBeLessThan(0.012);
  });
});
