import { describe, expect, it } from 'vitest';
import { clips } from '../../../src/data/sound/clips.ts';
import { level } from '../../../src/data/sound/level.ts';
import { frameEnergies, trim } from '../../../src/data/sound/trim.ts';
import { inTurn, silence, tone } from './makeSounds.ts';

const OPTIONS = { seconds: 1.024, pieces: 16 };
const hum = (seconds: number, amplitude = 0.3): Float32Array => tone(500, seconds, 16_000, amplitude);

describe('trim', () => {
  it('takes the silence at both ends away, and nothing in between', () => {
    const { start, end } = trim(inTurn(silence(0.5), hum(0.2), silence(0.5), hum(0.2), silence(0.3)));
    expect(start / 16_000).toBeGreaterThan(0.47);
    expect(start / 16_000).toBeLessThanOrEqual(0.5);
    expect(end / 16_000).toBeGreaterThanOrEqual(1.4);
    expect(end / 16_000).toBeLessThan(1.43);
  });

  it('keeps what is 30 dB below the loudest, and not what is 40 dB below', () => {
    const quiet = (decibels: number) => trim(inTurn(hum(0.5, 0.3 * 10 ** (decibels / 20)), hum(0.5)));
    expect(quiet(-30).start).toBe(0);
    expect(quiet(-40).start).toBeGreaterThan(7000);
  });

  it('takes sounds shorter than a frame', () => {
    expect(trim({ samples: Float32Array.of(0.1), rate: 16_000 })).toEqual({ start: 0, end: 1 });
    expect(frameEnergies({ samples: hum(0.011), rate: 16_000 }).energies.length).toBe(1);
  });
});

describe('level', () => {
  it('brings every sound to -20 dB, and takes a constant away', () => {
    const samples = hum(1, 0.01).map((sample) => sample + 0.3);
    expect(level(samples)).toBe(true);
    expect(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length)).toBeCloseTo(0.1, 5);
    expect(samples.reduce((sum, x) => sum + x, 0) / samples.length).toBeCloseTo(0, 5);
  });

  it('does not clip peaks', () => {
    const samples = new Float32Array(16_000);
    samples[8000] = 0.5;
    level(samples);
    expect(samples[8000]).toBeCloseTo(0.99, 5);
  });

  it('calls silence by its name', () => {
    expect(level(new Float32Array(100))).toBe(false);
    expect(level(new Float32Array(100).fill(0.5))).toBe(false);
    expect(level(hum(0.1, 0.0004))).toBe(false);
    expect(level(hum(0.1, 0.0005))).toBe(true);
  });
});

describe('clips', () => {
  it('cuts windows end to end and moves the last one back', () => {
    const found = clips({ samples: hum(2.5), rate: 16_000 }, OPTIONS, 3).clips;
    expect(found.map(({ start, samples, file }) => [start, samples.length, file])).toEqual([
      [0, 16_384, 3],
      [16_384, 16_384, 3],
      [40_000 - 16_384, 16_384, 3],
    ]);
  });

  it('cuts a sound of exactly two windows into two', () => {
    expect(clips({ samples: hum(2.048), rate: 16_000 }, OPTIONS, 0).clips.map(({ start }) => start)).toEqual([0, 16_384]);
  });

  it('holds the samples of the sound in 16 bits', () => {
    const samples = hum(1.024);
    const [clip] = clips({ samples, rate: 16_000 }, OPTIONS, 0).clips;
    expect(clip.samples).toEqual(Int16Array.from(samples, (x) => Math.round(x * 32_768)));
    expect(clips({ samples: samples.map((x) => 9 * x), rate: 16_000 }, OPTIONS, 0).clips[0].samples[8]).toBe(32_767);
  });

  it('leaves windows out in which nothing is heard', () => {
    const sound = inTurn(hum(1.024), silence(2.048), hum(1.024));
    expect(clips(sound, OPTIONS, 0).clips.map(({ start }) => start)).toEqual([0, 3 * 16_384]);
  });

  it('takes a shorter sound whole, without the silence around it', () => {
    const [clip, ...others] = clips(inTurn(silence(0.5), hum(0.4), silence(0.5)), OPTIONS, 0).clips;
    expect(others).toEqual([]);
    expect(clip.samples.length).toBeGreaterThanOrEqual(6400);
    expect(clip.samples.length).toBeLessThan(7000);
  });

  it('refuses what is too short for its pieces, in seconds', () => {
    expect(clips({ samples: hum(0.256), rate: 16_000 }, OPTIONS, 0).clips).toHaveLength(1);
    const short = { samples: hum(0.11), rate: 16_000 };
    expect(() => clips(short, OPTIONS, 0).clips).toThrow('is 0.11 s long: at least 0.26 s are needed to cut it into 16 pieces.');
    const amid = inTurn(silence(0.5), hum(0.11), silence(0.5));
    expect(() => clips(amid, OPTIONS, 0).clips).toThrow(/^is 0.1\d s long without the silence around it: at least/);
  });

  it('takes so many clips of a file, evenly chosen', () => {
    const long = { samples: hum(102.4), rate: 16_000 };
    expect(clips(long, OPTIONS, 0)).toMatchObject({ clips: { length: 64 }, found: 100, silent: 0 });
    expect(clips(long, { ...OPTIONS, clipsPerFile: 4 }, 0).clips.map(({ start }) => start / 16_384)).toEqual([12, 37, 62, 87]);
  });
});
