import { describe, expect, it } from 'vitest';
import { BadSettingError } from '../../../src/base/errors.ts';
import { Random } from '../../../src/base/random.ts';
import { FeatureExtractor } from '../../../src/data/sound/features.ts';
import { type FrontEnd, pieceStarts, tokenShape } from '../../../src/data/sound/frontEnd.ts';
import reference from '../../reference/sound.json';
import { FRAMES, PATCHES, PIECES, RUNNING, tokensOf } from './frontEnds.ts';
import { testClip } from './testClip.ts';

describe('features of a clip', () => {
  it.each(Object.entries(reference.cases))('are those of NumPy: %s', (_, { frontEnd, samples, seed, numbers, values }) => {
    const ours = tokensOf(frontEnd as FrontEnd, testClip(samples, seed));
    expect(ours).toHaveLength(numbers);
    const kept = ours.filter((_, i) => i % reference.stride === 0);
    expect(kept).toHaveLength(values.length);
    // Float32 of numbers up to 70 (MFCC).
    for (const [i, value] of values.entries()) expect(Math.abs(kept[i] - value)).toBeLessThan(1e-5);
  });

  it('are the same from 16-bit numbers as from numbers between -1 and 1, bit for bit', () => {
    const clip = testClip(16_384, 1);
    expect(
      tokensOf(
        PIECES,
        Float32Array.from(clip, (value) => value / 32_768),
      ),
    ).toEqual(tokensOf(PIECES, clip));
  });

  it('do not depend on the clips before', () => {
    const extractor = new FeatureExtractor(PIECES);
    const { tokens, length } = extractor.shape;
    const out = new Float32Array(3 * tokens * length).fill(7);
    const clips = [testClip(16_384, 1), testClip(5003, 2), testClip(16_384, 3)];
    for (const [i, clip] of clips.entries()) extractor.extract(clip, out, i * tokens * length);
    for (const [i, clip] of clips.entries()) {
      expect(out.slice(i * tokens * length, (i + 1) * tokens * length)).toEqual(tokensOf(PIECES, clip));
    }
  });

  it('of silence, noise and a tone have the known levels', () => {
    const random = new Random(1, 'noise');
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(tokensOf(PIECES, new Int16Array(16_384)))).toBeCloseTo(Math.log(1e-6), 4);
    expect(
      mean(
        tokensOf(
          PIECES,
          Float32Array.from({ length: 16_384 }, () => 0.1 * random.normal()),
        ),
      ),
    ).toBeCloseTo(2, 0);
    const tone = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => 0.5 * Math.sin(0.4 * i));
    expect(Math.max(...tokensOf(PIECES, tone(16_384)))).toBeCloseTo(8, 0);
  });

  it('of short clips, with the short window, are as loud as those of long ones', () => {
    const random = new Random(1, 'noise');
    const noise = Float32Array.from({ length: 16_384 }, () => 0.1 * random.normal());
    const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.abs(mean(tokensOf(PIECES, noise)) - mean(tokensOf(PIECES, noise.subarray(0, 8000))))).toBeLessThan(0.3);
  });
});

describe('pieces', () => {
  it.each([16_384, 5003, 4096])('keep to themselves: a sample changes its own piece alone (%i samples)', (samples) => {
    const clip = testClip(samples, 4);
    const before = tokensOf(PIECES, clip);
    const starts = pieceStarts(samples, 16);
    const { length } = tokenShape(PIECES);
    for (const piece of [0, 1, 7, 15]) {
      for (const sample of [starts[piece] + 1, Math.floor((starts[piece] + starts[piece + 1]) / 2), starts[piece + 1] - 2]) {
        const changed = clip.slice();
        changed[sample] = changed[sample] > 0 ? -30_000 : 30_000;
        const after = tokensOf(PIECES, changed);
        const differing = new Set<number>();
        for (let i = 0; i < after.length; i++) if (after[i] !== before[i]) differing.add(Math.floor(i / length));
        expect([...differing]).toEqual([piece]);
      }
    }
  });

  it('of sound do not repeat', () => {
    const tokens = tokensOf(PIECES, testClip(16_384, 5));
    const texts = Array.from({ length: 16 }, (_, k) => tokens.slice(k * 120, (k + 1) * 120).join());
    expect(new Set(texts).size).toBe(16);
  });
});

describe('a front end', () => {
  it('says what it makes', () => {
    expect(tokenShape(PIECES)).toMatchObject({ grid: [16], tokens: 16, length: 120, frames: 48, fewestSamples: 4096 });
    expect(tokenShape(FRAMES)).toMatchObject({ grid: [100], tokens: 100, length: 40, frames: 100, fewestSamples: 16_384 });
    expect(tokenShape({ ...FRAMES, seconds: 1 }).grid).toEqual([98]);
    expect(tokenShape(RUNNING)).toMatchObject({ grid: [16], length: 160, frames: 64, fewestSamples: 4096 });
    expect(tokenShape(PATCHES)).toMatchObject({ grid: [5, 8], tokens: 40, length: 64, frames: 64, fewestSamples: 4096 });
  });

  it('refuses bands that hold nothing', () => {
    expect(() => new FeatureExtractor({ ...RUNNING, bins: 81 })).toThrow(/81 mel bands are too many: 80 at most/);
    expect(() => new FeatureExtractor({ ...RUNNING, bins: 80 })).not.toThrow();
    expect(() => new FeatureExtractor({ ...RUNNING, bins: 80, low: 20, high: 2000 })).toThrow(/hold no frequency/);
  });

  it('wants longer pieces for bands that the short window cannot tell', () => {
    expect(tokenShape({ ...PIECES, bins: 72 }).fewestSamples).toBe(16 * 768);
    expect(() => tokenShape({ ...PIECES, bins: 72, seconds: 0.512 })).toThrow(/0.768 s/);
    expect(() => tokenShape({ ...PIECES, high: 3800 })).not.toThrow();
  });

  it('refuses what contradicts itself', () => {
    expect(() => tokenShape({ ...PIECES, seconds: 0.1 })).toThrow(/too short/);
    expect(() => tokenShape({ ...PIECES, pieces: 64, seconds: 0.512 })).toThrow(
      /too short for 64 parts of 40 bins: at least 1.024 s/,
    );
    expect(() => tokenShape({ ...FRAMES, seconds: 0.02 })).toThrow(/too short for one frame: at least 0.03 s/);
    expect(() => tokenShape({ ...FRAMES, bins: 65 })).toThrow(/64 at most/);
    expect(() => tokenShape({ ...PATCHES, bins: 42 })).toThrow(/patches of 8/);
    expect(() => tokenShape({ ...PATCHES, features: 'mfcc' })).toThrow(/MFCC/);
    expect(() => new FeatureExtractor({ ...RUNNING, high: 9000 })).toThrow(/8000 Hz/);
    expect(() => new FeatureExtractor({ ...RUNNING, low: 8000 })).toThrow(BadSettingError);
  });

  it('cuts no clip that is too short', () => {
    expect(() => tokensOf(PIECES, new Int16Array(4095))).toThrow(
      /^A clip of 0.26 s is too short for 40 bands between 80 and 7600 Hz: it needs 0.26 s/,
    );
  });
});
