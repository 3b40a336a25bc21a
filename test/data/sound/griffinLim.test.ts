import { describe, expect, it } from 'vitest';
import { tokenShape } from '../../../src/data/sound/frontEnd.ts';
import { binsOfBands, griffinLim } from '../../../src/data/sound/griffinLim.ts';
import { mapOf } from '../../../src/data/sound/map.ts';
import { melBank } from '../../../src/data/sound/mel.ts';
import { resynthesise, resynthesiseDrawing } from '../../../src/data/sound/resynthesis.ts';
import reference from '../../reference/sound.json';
import { FRAMES, KINDS, PATCHES, PIECES, RUNNING, tokensOf } from './frontEnds.ts';
import { lcg, testClip } from './testClip.ts';

const BANK = melBank(40, 512, 16_000, 80, 7600);

/** Frames of window 512 and hop 128, as `running` cuts them when their number is chosen so. */
function everyFrame(samples: number): typeof RUNNING {
  return { ...RUNNING, pieces: 1 + (samples - 512) / 128, framesPerToken: 1, seconds: samples / 16_000 };
}

/** Root mean square of the difference, in dB. */
function distance(a: Float32Array, b: Float32Array): number {
  return 4.343 * Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]) ** 2, 0) / a.length);
}

function level(wave: Float32Array): number {
  return Math.sqrt(wave.reduce((sum, value) => sum + value ** 2, 0) / wave.length);
}

/** Three tones with overtones, each with an attack, over a little noise: something like music. */
function melody(): Float32Array {
  const random = lcg(3);
  return Float32Array.from({ length: 16_384 }, (_, i) => {
    const note = Math.floor(i / 5500);
    const pitch = [220, 330, 275][note];
    const level = Math.exp(-(i % 5500) / 3000);
    const tone = [1, 2, 3, 4, 5].reduce((sum, k) => sum + Math.sin((2 * Math.PI * k * pitch * i) / 16_000) / k, 0);
    return 0.2 * level * tone + 0.002 * (random() / 2 ** 31 - 1);
  });
}

describe('Griffin-Lim', () => {
  const { samples, seed, phaseSeed, power, once, wave } = reference.griffinLim;
  const frontEnd = everyFrame(samples);
  const logs = tokensOf(frontEnd, testClip(samples, seed));
  const bins = binsOfBands(
    Float64Array.from(logs, (log) => Math.max(0, Math.exp(log) - 1e-6)),
    BANK,
  );
  const random = lcg(phaseSeed);
  const turns = Uint32Array.from(bins, () => random());
  const kept = (values: Float64Array): Float64Array => values.filter((_, i) => i % reference.stride === 0);

  it('finds the bins of bands that NumPy finds', () => {
    const ours = kept(bins);
    expect(ours).toHaveLength(power.length);
    // Tokens are float32.
    for (const [i, value] of power.entries()) expect(Math.abs(ours[i] - value)).toBeLessThan(1e-5 * (1 + value));
  });

  it('finds bins whose bands have the power that was asked for', () => {
    const again = tokenShape(frontEnd).frames;
    for (let frame = 0; frame < again; frame++) {
      for (let band = 0; band < 40; band++) {
        let sum = 0;
        for (let i = BANK.start[band]; i < BANK.start[band + 1]; i++) {
          sum += BANK.weights[i] * bins[frame * 257 + BANK.first[band] + i - BANK.start[band]];
        }
        expect(Math.abs(Math.log(sum + 1e-6) - logs[frame * 40 + band])).toBeLessThan(0.3);
      }
    }
  });

  it.each([
    [1, once],
    [32, wave],
  ])('is that of NumPy after %i iterations', (iterations, expected) => {
    const ours = kept(griffinLim(bins.map(Math.sqrt), turns, iterations));
    expect(ours).toHaveLength(expected.length);
    for (const [i, value] of expected.entries()) expect(Math.abs(ours[i] - value)).toBeLessThan(1e-4);
  });
});

describe('tokens made audible', () => {
  it.each([
    // Every frame of the transform is known; then fewer, or none that straddle two pieces. 64 bands behind MFCC say more than 40.
    [everyFrame(16_384), 4.5],
    [RUNNING, 4.8],
    [PATCHES, 4.8],
    [PIECES, 5],
    [FRAMES, 3.5],
  ] as const)('sound like their clip: $kind, $framesPerToken frames a token', (frontEnd, most) => {
    const clip = melody();
    const sound = resynthesise(frontEnd, tokensOf(frontEnd, clip), clip.length, 1);
    expect(sound).toHaveLength(clip.length);
    const judge = everyFrame(16_384);
    expect(distance(tokensOf(judge, sound), tokensOf(judge, clip))).toBeLessThan(most);
  });

  // 12,288 samples are the last that have the long window.
  it.each([16_384, 12_288, 12_287, 6000, 4200])('are as loud as their clip, of %i samples', (samples) => {
    const random = lcg(4);
    const noise = Float32Array.from({ length: samples }, () => 0.1 * (random() / 2 ** 31 - 1));
    for (const clip of [melody().subarray(0, samples), noise]) {
      const sound = resynthesise(PIECES, tokensOf(PIECES, clip), samples, 1);
      expect(Math.abs(20 * Math.log10(level(sound) / level(clip)))).toBeLessThan(1);
      // What windows that overlap less at both ends disagree in must not be heard.
      const peak = (wave: Float32Array): number => Math.max(...wave.map(Math.abs));
      expect(Math.max(peak(sound.subarray(0, 200)), peak(sound.subarray(-200)))).toBeLessThan(
        2 * peak(sound.subarray(200, -200)),
      );
    }
  });

  it.each(KINDS)('are the same for the same seed only: $kind', (frontEnd) => {
    const tokens = tokensOf(frontEnd, testClip(16_384, 2));
    const first = resynthesise(frontEnd, tokens, 16_384, 1);
    expect(resynthesise(frontEnd, tokens, 16_384, 1)).toEqual(first);
    expect(resynthesise(frontEnd, tokens, 16_384, 2)).not.toEqual(first);
    expect(first.every(Number.isFinite)).toBe(true);
  });

  it('of silence are silent', () => {
    const tokens = tokensOf(PIECES, new Int16Array(16_384));
    expect(Math.max(...resynthesise(PIECES, tokens, 16_384, 1).map(Math.abs))).toBeLessThan(1e-4);
  });
});

describe('a drawing made audible', () => {
  it.each(KINDS)('sounds like the tokens that were drawn: $kind', (frontEnd) => {
    const clip = melody();
    const tokens = tokensOf(frontEnd, clip);
    const { values } = mapOf(frontEnd, tokens);
    const scale = { low: Math.min(...values), high: Math.max(...values) };
    const raster = Uint8Array.from(values, (value) => Math.round((255 * (value - scale.low)) / (scale.high - scale.low)));
    const sound = resynthesiseDrawing({ frontEnd, raster, scale, samples: clip.length, seed: 1 });
    expect(sound).toHaveLength(clip.length);
    const judge = everyFrame(16_384);
    const heard = tokensOf(judge, sound);
    // 256 steps of loudness cost little beside what the bands themselves do.
    expect(distance(heard, tokensOf(judge, resynthesise(frontEnd, tokens, clip.length, 1)))).toBeLessThan(1.5);
    expect(distance(heard, tokensOf(judge, clip))).toBeLessThan(5);
  });
});
