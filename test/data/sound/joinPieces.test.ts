import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { pieceStarts } from '../../../src/data/sound/frontEnd.ts';
import { HOLE, joinPieces } from '../../../src/data/sound/joinPieces.ts';
import { testClip } from './testClip.ts';

const inOrder = (count: number): number[] => Array.from({ length: count }, (_, k) => k);

describe('pieces joined to a waveform', () => {
  it.each([
    [16_384, 16],
    [5003, 16],
    [16_384, 100],
    [4099, 32],
    [16_384, 1],
  ])('in their true order are the clip: %i samples, %i pieces', (samples, count) => {
    const wave = testClip(samples, 6);
    const joined = joinPieces(wave, inOrder(count));
    for (let i = 0; i < samples; i++) expect(Math.abs(joined[i] - wave[i] / 32_768)).toBeLessThan(1e-6);
  });

  it('of a constant are constant, whatever the order, where both neighbours have surroundings', () => {
    const wave = new Int16Array(16_384).fill(16_384);
    const joined = joinPieces(wave, [0, 3, 2, 9, 5, 4, 7, 8, 6, 1, 12, 11, 10, 14, 13, 15]);
    expect(Math.max(...joined.map((value) => Math.abs(value - 0.5)))).toBeLessThan(1e-7);
  });

  it('stand where the order puts them', () => {
    const wave = testClip(5003, 6);
    const order = [...new Random(1, 'order').permutation(16)];
    const starts = pieceStarts(5003, 16);
    const joined = joinPieces(wave, order);
    for (const [place, piece] of order.entries()) {
      for (let i = 80; i < 200; i++) expect(joined[starts[place] + i]).toBe(Math.fround(wave[starts[piece] + i] / 32_768));
    }
  });

  it('never click: no step is larger than those of the clip and of a fade', () => {
    const wave = Int16Array.from({ length: 16_384 }, (_, i) => 30_000 * Math.cos(i / 100));
    const random = new Random(2, 'order');
    for (let round = 0; round < 20; round++) {
      const order = [...random.permutation(16)].map((piece) => (random.uniform() < 0.2 ? HOLE : piece));
      const joined = joinPieces(wave, order);
      for (let i = 1; i < joined.length; i++) expect(Math.abs(joined[i] - joined[i - 1])).toBeLessThan(0.04);
      // A wrong beginning or end does not come at once either.
      if (order[0] !== 0) expect(Math.abs(joined[0])).toBeLessThan(0.02);
      if (order[15] !== 15) expect(Math.abs(joined[16_383])).toBeLessThan(0.02);
    }
  });

  it('are silent where there is a hole, but for what the neighbours bring along', () => {
    const joined = joinPieces(testClip(16_384, 7), [0, HOLE, 2, ...new Array(13).fill(HOLE)]);
    expect(joined.subarray(1024 + 80, 2048 - 80).every((value) => value === 0)).toBe(true);
    expect(joined.subarray(1024, 1024 + 60).some((value) => value !== 0)).toBe(true);
    expect(joined.subarray(3072 + 80).every((value) => value === 0)).toBe(true);
  });

  it('may stand twice, and only if they exist', () => {
    const wave = testClip(16_384, 8);
    const joined = joinPieces(wave, new Array(16).fill(5));
    expect(joined.slice(1200, 1900)).toEqual(joined.slice(9392, 10_092));
    expect(() => joinPieces(wave, [16, ...inOrder(15)])).toThrow(/no piece 16 of 16/);
  });
});
