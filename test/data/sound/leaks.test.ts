import { describe, expect, it } from 'vitest';
import { padded, repeated } from '../../../src/data/sound/leaks.ts';
import { clipAt, type SoundSet, storeClips } from '../../../src/data/sound/soundSet.ts';

const set: SoundSet = {
  modality: 'sound',
  count: 2,
  seconds: 0.512,
  sourceRate: 16_000,
  clips: storeClips([Int16Array.from({ length: 5000 }, (_, i) => i + 1), Int16Array.of(7, 8, 9)]),
  classes: [],
};

describe('sets that give places away', () => {
  it('are filled up with silence, or by the sound over and over', () => {
    const quiet = clipAt(padded(set), 0);
    expect(quiet).toHaveLength(8192);
    expect([quiet[4999], quiet[5000], quiet[8191]]).toEqual([5000, 0, 0]);
    const again = clipAt(repeated(set), 0);
    expect([again[4999], again[5000], again[8191]]).toEqual([5000, 1, 3192]);
    expect([...clipAt(repeated(set), 1).subarray(0, 5)]).toEqual([7, 8, 9, 7, 8]);
    // The sounds themselves stay as they are.
    expect(clipAt(set, 0)).toHaveLength(5000);
  });
});
