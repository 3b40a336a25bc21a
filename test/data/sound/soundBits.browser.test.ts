import { expect, it } from 'vitest';
import { computeSoundBits, SOUND_BITS } from './soundBits.ts';

it('features and waveforms have the bits of Node', () => {
  expect(computeSoundBits()).toEqual(SOUND_BITS);
});
