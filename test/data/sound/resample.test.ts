import { describe, expect, it } from 'vitest';
import { Resampler, resample } from '../../../src/data/sound/resample.ts';
import { tone } from './makeSounds.ts';

/** Root mean square in dB, full scale of a sine being 0, without the ends. */
function decibels(samples: Float32Array): number {
  const inner = samples.subarray(1000, -1000);
  const squares = inner.reduce((sum, sample) => sum + sample * sample, 0);
  return 10 * Math.log10((2 * squares) / inner.length);
}

describe('resample', () => {
  it('gives 16 kHz back as it was', () => {
    const waveform = { samples: tone(100, 0.1, 16_000), rate: 16_000 };
    expect(resample(waveform)).toBe(waveform);
  });

  it.each([4000, 8000, 11_025, 22_050, 44_100, 44_101, 48_000, 96_000, 384_000])('has the exact length from %d Hz', (rate) => {
    for (const length of [1, 2, 999, 12_345]) {
      const { samples } = resample({ samples: new Float32Array(length), rate });
      expect(samples.length).toBe(Math.round((length * 16_000) / rate));
    }
  });

  it('does not change what it is given', () => {
    const samples = tone(12_000, 0.5, 48_000);
    const before = samples.slice();
    resample({ samples, rate: 48_000 });
    expect(samples).toEqual(before);
  });

  it.each([22_050, 44_100, 48_000])('is flat to 7 kHz from %d Hz', (rate) => {
    for (const hertz of [50, 1000, 4000, 7000]) {
      expect(decibels(resample({ samples: tone(hertz, 1, rate, 1), rate }).samples)).toBeCloseTo(0, 1);
    }
    const edge = decibels(resample({ samples: tone(7500, 1, rate, 1), rate }).samples);
    expect(edge).toBeGreaterThan(-3);
    expect(edge).toBeLessThan(-1);
  });

  it.each([
    [9000, 44_100],
    [9000, 48_000],
    [12_000, 48_000],
    [20_000, 48_000],
    [9000, 22_050],
  ])('lets nothing of %d Hz through from %d Hz', (hertz, rate) => {
    expect(decibels(resample({ samples: tone(hertz, 1, rate, 1), rate }).samples)).toBeLessThan(-100);
  });

  it('makes no images when it goes up', () => {
    const { samples } = resample({ samples: tone(1000, 1, 8000, 1), rate: 8000 });
    const expected = tone(1000, 1, 16_000, 1);
    const error = samples.map((sample, i) => sample - expected[i]);
    expect(decibels(error)).toBeLessThan(-100);
  });

  it('leaves everything at its time', () => {
    const impulse = new Float32Array(4800);
    impulse[3000] = 1;
    const { samples } = resample({ samples: impulse, rate: 48_000 });
    expect(samples.indexOf(samples.reduce((a, b) => Math.max(a, b)))).toBe(1000);
    expect(samples[1000 - 7]).toBeCloseTo(samples[1000 + 7], 7);
  });

  it('gives the same bits piece by piece', () => {
    const samples = tone(700, 0.5, 44_100);
    const whole = resample({ samples, rate: 44_100 }).samples;
    const resampler = new Resampler(44_100);
    const parts: number[] = [];
    for (let at = 0, size = 1; at < samples.length; at += size, size = (size * 7) % 1009) {
      size = Math.min(size, samples.length - at);
      parts.push(...resampler.push(samples.subarray(at, at + size)));
    }
    parts.push(...resampler.end());
    expect(Float32Array.from(parts)).toEqual(whole);
  });
});
