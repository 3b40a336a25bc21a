import { describe, expect, it } from 'vitest';
import { bandStatistics, denormaliseTokens, flatBands, normaliseTokens } from '../../../src/data/sound/bandStatistics.ts';
import { type FrontEnd, tokenLayout, tokenShape } from '../../../src/data/sound/frontEnd.ts';
import reference from '../../reference/sound.json';
import { KINDS, PATCHES, PIECES, tokensOf } from './frontEnds.ts';
import { testClip } from './testClip.ts';

function tokensOfClips(frontEnd: FrontEnd, clips: readonly Int16Array[]): Float32Array {
  return Float32Array.from(clips.flatMap((clip) => [...tokensOf(frontEnd, clip)]));
}

describe('statistics of bands', () => {
  const { clips, mean, deviation, second } = reference.statistics;
  const waves = clips.map(([samples, seed]) => testClip(samples, seed));

  it('are those of NumPy, and so are normalised tokens', () => {
    const shape = tokenShape(PIECES);
    const values = tokensOfClips(PIECES, waves);
    const ours = bandStatistics(shape, values);
    for (let band = 0; band < 40; band++) {
      expect(Math.abs(ours.mean[band] - mean[band])).toBeLessThan(1e-7);
      expect(Math.abs(ours.deviation[band] - deviation[band])).toBeLessThan(1e-7);
    }
    normaliseTokens(shape, ours, values);
    const kept = values.slice(1920, 2 * 1920).filter((_, i) => i % reference.stride === 0);
    for (const [i, value] of second.entries()) expect(Math.abs(kept[i] - value)).toBeLessThan(2e-6);
  });

  it('are of the clips that were asked for', () => {
    const shape = tokenShape(PIECES);
    const values = tokensOfClips(PIECES, waves);
    const some = bandStatistics(shape, values, [0, 2]);
    expect(some).toEqual(bandStatistics(shape, tokensOfClips(PIECES, [waves[0], waves[2]])));
    expect(some.mean).not.toEqual(bandStatistics(shape, values).mean);
  });

  it.each(KINDS)('belong to bands wherever they stand in a token: $kind', (frontEnd) => {
    const shape = tokenShape(frontEnd);
    const { bandOf, frameOf } = tokenLayout(shape);
    // Band b is b, and one more in every odd frame.
    const values = Float32Array.from(bandOf, (band, i) => band + (frameOf[i] % 2));
    const statistics = bandStatistics(shape, values);
    expect(statistics.mean).toEqual(Array.from({ length: 40 }, (_, band) => band + 0.5));
    expect(statistics.deviation).toEqual(new Array(40).fill(0.5));
  });

  it('come off again', () => {
    const shape = tokenShape(PATCHES);
    const values = tokensOf(PATCHES, testClip(16_384, 3));
    const before = values.slice();
    const statistics = bandStatistics(shape, values);
    normaliseTokens(shape, statistics, values);
    expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(1e-6);
    denormaliseTokens(shape, statistics, values);
    for (let i = 0; i < values.length; i++) expect(Math.abs(values[i] - before[i])).toBeLessThan(1e-5);
  });

  it('tell bands that hold nothing', () => {
    const shape = tokenShape(PIECES);
    const sound = bandStatistics(shape, tokensOf(PIECES, testClip(16_384, 3)));
    expect(flatBands(sound)).toEqual([]);
    const values = tokensOf(PIECES, testClip(16_384, 3));
    for (const [i, band] of tokenLayout(shape).bandOf.entries()) if (band === 39) values[i] = -13.8;
    const statistics = bandStatistics(shape, values);
    expect(flatBands(statistics)).toEqual([39]);
    normaliseTokens(shape, statistics, values);
    expect(values.every(Number.isFinite)).toBe(true);
  });

  it('of silence are finite', () => {
    const shape = tokenShape(PIECES);
    const silence = tokensOf(PIECES, new Int16Array(16_384));
    const statistics = bandStatistics(shape, silence);
    expect(flatBands(statistics)).toHaveLength(40);
    normaliseTokens(shape, statistics, silence);
    expect(Math.max(...silence.map(Math.abs))).toBeLessThan(0.1);
  });
});
