import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/base/crc32.ts';
import { Random } from '../../../src/base/random.ts';
import { readRealPairs } from '../../../src/cli/pairs/realPairs.ts';
import { placeDigit, placeWord } from '../../../src/cli/pairs/realThings.ts';
import { PAIR_SECONDS, PAIR_SIZE } from '../../../src/config/modalities/pairShapes.ts';
import { captionFits } from '../../../src/data/pairs/captions.ts';
import type { Thing } from '../../../src/data/pairs/things.ts';
import { realData } from '../../data/realData.ts';

const THINGS: Thing[] = [false, true].flatMap((large) => [false, true].map((right) => ({ digit: 3, large, right })));

/** First and last of what holds, and how many. */
function extent(holds: readonly boolean[]): { first: number; last: number; length: number } {
  const [first, last] = [holds.indexOf(true), holds.lastIndexOf(true)];
  return { first, last, length: last - first + 1 };
}

describe('a real digit', () => {
  // A square of 16 pixels in the middle of 28.
  const square = Uint8Array.from({ length: 28 * 28 }, (_, at) => {
    const [x, y] = [at % 28, Math.floor(at / 28)];
    return x >= 6 && x < 22 && y >= 6 && y < 22 ? 255 : 0;
  });

  it('is drawn as large as its thing is, and where it is, with nothing cut off', () => {
    for (const thing of THINGS) {
      for (let i = 0; i < 50; i++) {
        const pixels = placeDigit(square, 28, thing, new Random(i, 'picture'));
        const columns = extent(
          Array.from({ length: PAIR_SIZE }, (_, x) => pixels.some((value, at) => at % PAIR_SIZE === x && value > 127)),
        );
        expect(columns.length).toBeGreaterThanOrEqual(thing.large ? 16 : 9);
        expect(columns.length).toBeLessThanOrEqual(thing.large ? 20 : 13);
        const middle = (columns.first + columns.last) / 2;
        expect(Math.abs(middle - (thing.right ? 19.5 : 12.5))).toBeLessThan(2.6);
        expect(Math.max(...pixels)).toBe(255);
      }
    }
  });

  it('is spoken low and slow, or high and fast, early or late, and no longer than the clip', () => {
    // Half a second of 500 Hz.
    const tone = {
      samples: Float32Array.from({ length: 4000 }, (_, i) => 0.3 * Math.sin((2 * Math.PI * 500 * i) / 8000)),
      rate: 8000,
    };
    for (const thing of THINGS) {
      const clip = placeWord(tone, thing, new Random(1, 'sound'));
      expect(clip).toHaveLength(PAIR_SECONDS * 16_000);
      const heard = extent(Array.from(clip, (sample) => Math.abs(sample) > 300));
      // 0.625 s are cut to 0.62.
      expect(Math.abs(heard.length / 16_000 - (thing.large ? 0.62 : 0.4))).toBeLessThan(0.01);
      let crossings = 0;
      for (let i = heard.first + 1; i <= heard.last; i++) if (clip[i] >= 0 !== clip[i - 1] >= 0) crossings++;
      expect(Math.abs((crossings / 2 / heard.length) * 16_000 - (thing.large ? 400 : 625))).toBeLessThan(12);
      const share = heard.first / (clip.length - heard.length);
      expect(share > 0.7).toBe(thing.right);
      expect(share < 0.3).toBe(!thing.right);
    }
  });
});

function printOf({ buffer, byteOffset, byteLength }: Uint8Array | Int16Array): number {
  return crc32(new Uint8Array(buffer, byteOffset, byteLength));
}

const mnist = realData('mnist/idx');
const fsdd = realData('fsdd/recordings');

describe.skipIf(mnist === undefined || fsdd === undefined)('real pairs', () => {
  it('share a class, a size and a place, and are of other writers and recordings where they are tested on', async () => {
    const counts = { train: 100, heldOut: 50 };
    const real = await readRealPairs(mnist ?? '', fsdd ?? '', 1, 0.5, counts);
    for (const [split, count] of [
      ['train', 100],
      ['heldOut', 50],
    ] as const) {
      const { things, pictures, clips, captions } = real[split];
      expect([things.length, pictures.length / PAIR_SIZE ** 2, clips.length, captions.length]).toEqual(Array(4).fill(count));
      for (const [i, thing] of things.entries()) {
        expect(captionFits(captions[i], thing)).toBe(true);
        const picture = pictures.subarray(i * PAIR_SIZE ** 2, (i + 1) * PAIR_SIZE ** 2);
        const ink = picture.reduce((sum, value) => sum + value, 0);
        const middle = picture.reduce((sum, value, at) => sum + (value * (at % PAIR_SIZE)) / ink, 0);
        expect(middle > 16).toBe(thing.right);
        const heard = extent(Array.from(clips[i], (sample) => sample !== 0));
        expect(heard.first / (clips[i].length - heard.length + 1) > 0.5).toBe(thing.right);
      }
    }
    const prints = Object.values(real).flatMap(({ clips }) => clips.map(printOf));
    expect(new Set(prints).size).toBe(prints.length);
    const again = await readRealPairs(mnist ?? '', fsdd ?? '', 2, 0.5, counts);
    expect(again.heldOut.clips.map(printOf)).toEqual(real.heldOut.clips.map(printOf));
    expect(printOf(again.heldOut.pictures)).toBe(printOf(real.heldOut.pictures));
    expect(printOf(again.train.pictures)).not.toBe(printOf(real.train.pictures));
  }, 60_000);

  it('tell what is not there', async () => {
    await expect(readRealPairs(fsdd ?? '', fsdd ?? '', 1, 0.5)).rejects.toThrow('train-images-idx3-ubyte');
    await expect(readRealPairs(mnist ?? '', mnist ?? '', 1, 0.5)).rejects.toThrow('recordings of every digit');
  });
});
