import { describe, expect, it } from 'vitest';
import type { FrontEnd } from '../../../src/data/sound/frontEnd.ts';
import { mapOf } from '../../../src/data/sound/map.ts';
import { FRAMES, KINDS, PATCHES, PIECES, RUNNING, tokensOf } from './frontEnds.ts';

const SAMPLES = 16_384;

/** A tone that jumps from 400 to 4,000 Hz in the middle. */
const JUMP = Float32Array.from({ length: SAMPLES }, (_, i) =>
  Math.sin((2 * Math.PI * i * (i < SAMPLES / 2 ? 400 : 4000)) / 16_000),
);

/** Row of the strongest band in a column. */
function loudestRow(frontEnd: FrontEnd, column: (width: number) => number): number {
  const { width, height, values } = mapOf(frontEnd, tokensOf(frontEnd, JUMP));
  const heights = Array.from({ length: height }, (_, row) => values[row * width + column(width)]);
  return heights.indexOf(Math.max(...heights)) / height;
}

describe('a clip as a picture', () => {
  it.each([
    [PIECES, 48, 40],
    [FRAMES, 100, 64],
    [RUNNING, 64, 40],
    [PATCHES, 64, 40],
  ] as const)('is as wide as its frames and as high as its bands: $kind', (frontEnd, width, height) => {
    const map = mapOf(frontEnd, tokensOf(frontEnd, JUMP));
    expect([map.width, map.height, map.values.length]).toEqual([width, height, width * height]);
  });

  it.each(KINDS)('has time to the right and frequency upwards: $kind', (frontEnd) => {
    // 400 Hz lies in the lower quarter of the mel scale, 4,000 Hz in the upper third.
    expect(loudestRow(frontEnd, (width) => Math.floor(0.2 * width))).toBeGreaterThan(0.75);
    expect(loudestRow(frontEnd, (width) => Math.floor(0.8 * width))).toBeLessThan(0.33);
  });

  it('is the same for patches as for the line that runs through the same frames', () => {
    const line = mapOf(
      { ...RUNNING, pieces: 8, framesPerToken: 8 },
      tokensOf({ ...RUNNING, pieces: 8, framesPerToken: 8 }, JUMP),
    );
    expect(mapOf(PATCHES, tokensOf(PATCHES, JUMP))).toEqual(line);
  });
});
