import { expect, it } from 'vitest';
import { computeSoundBits, SOUND_BITS } from './soundBits.ts';

it('features and waveforms have the bits that the browser has too (soundBits.browser.test.ts)', () => {
  expect(computeSoundBits()).toEqual(SOUND_BITS);
});
