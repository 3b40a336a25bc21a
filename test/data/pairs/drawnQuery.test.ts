import { describe, expect, it } from 'vitest';
import { BadDataError } from '../../../src/base/errors.ts';
import { Random } from '../../../src/base/random.ts';
import { PAIR_SAMPLES } from '../../../src/config/modalities/pairShapes.ts';
import { drawDigit } from '../../../src/data/pairs/drawnDigit.ts';
import { clipOfSound, idsOfCaption, inkOf } from '../../../src/data/pairs/drawnQuery.ts';
import { speakDigit } from '../../../src/data/pairs/spokenDigit.ts';
import type { PictureSet } from '../../../src/data/pictures.ts';
import { type SoundSet, storeClips } from '../../../src/data/sound/soundSet.ts';

const THING = { digit: 4, large: true, right: false };
const picture = (pixels: Uint8Array, channels: 1 | 3 = 1): PictureSet => ({
  modality: 'picture',
  count: 1,
  classes: [],
  pixels,
  size: 32,
  channels,
});
const sound = (clip: Int16Array): SoundSet => ({
  modality: 'sound',
  count: 1,
  classes: [],
  seconds: 1,
  sourceRate: 16_000,
  clips: storeClips([clip]),
});
const levelOf = (clip: Int16Array) => Math.sqrt(clip.reduce((sum, value) => sum + value * value, 0) / clip.length);

describe('inkOf', () => {
  const ink = drawDigit(THING, new Random(1, 'digit'));

  it('reads dark strokes on light and light ones on dark alike', () => {
    const dark = inkOf(picture(ink.map((value) => 255 - value)));
    expect(dark.isInverted).toBe(false);
    expect(dark.ink).toEqual(ink);
    const light = inkOf(picture(ink));
    expect(light.isInverted).toBe(true);
    expect(light.ink).toEqual(ink);
  });

  it('reads colours as grey', () => {
    const colours = Uint8Array.from({ length: 3 * ink.length }, (_, i) => 255 - ink[Math.floor(i / 3)]);
    expect(inkOf(picture(colours, 3)).ink).toEqual(ink);
  });
});

describe('clipOfSound', () => {
  const clip = speakDigit(THING, new Random(1, 'spoken'));

  it('takes the loudest stretch, at the level that built-in sounds have', () => {
    const long = new Int16Array(3 * PAIR_SAMPLES);
    long.set(
      clip.map((value) => Math.round(value / 8)),
      PAIR_SAMPLES + 500,
    );
    const taken = clipOfSound(sound(long));
    expect(taken).toHaveLength(PAIR_SAMPLES);
    expect(Math.abs(levelOf(taken) / levelOf(clip) - 1)).toBeLessThan(0.15);
  });

  it('fills a short one up with silence, and refuses one in which nothing is heard', () => {
    const short = clip.filter((value) => value !== 0).slice(0, 4000);
    const taken = clipOfSound(sound(short));
    expect(taken.subarray(4000).every((value) => value === 0)).toBe(true);
    expect(() => clipOfSound(sound(new Int16Array(5000)))).toThrow(BadDataError);
  });
});

describe('idsOfCaption', () => {
  it('knows the words of captions, and says which others it left out', () => {
    const { ids, unknown, isCut } = idsOfCaption('A small SEVEN, xylophone on the left!');
    expect(unknown).toEqual(['xylophone']);
    expect(isCut).toBe(false);
    expect(Array.from(ids).filter((id) => id > 0)).toHaveLength(6);
    expect(idsOfCaption('a small seven on the left').ids).toEqual(ids);
  });

  it('cuts what is longer than a caption, and refuses what has no word of them', () => {
    expect(idsOfCaption('one two three four five six seven eight nine')).toMatchObject({ isCut: true });
    expect(() => idsOfCaption('quid novi')).toThrow(/None of these words/);
    expect(() => idsOfCaption('  ')).toThrow(BadDataError);
  });
});
