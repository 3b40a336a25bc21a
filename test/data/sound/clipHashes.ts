/** Checksums of built-in clips, which Node and browsers must agree on. */
import { crc32 } from '../../../src/base/crc32.ts';
import type { BuiltInSounds } from '../../../src/config/datasets.ts';
import { SOUND_SETS, soundClip } from '../../../src/data/sound/synth/soundSets.ts';

const CLIPS = 40;
const SECONDS = [0.512, 1.024, 2.048, 4.096] as const;

/** Of all samples and labels of 40 clips of each set and length, half of them held out. */
export function clipHashes(): Record<string, string> {
  const hashes: Record<string, string> = {};
  for (const name of Object.keys(SOUND_SETS) as BuiltInSounds[]) {
    for (const seconds of SECONDS) {
      let crc = 0;
      for (let i = 0; i < CLIPS; i++) {
        const { samples, label } = soundClip(name, 7, i % 2 === 0 ? 'train' : 'heldOut', 37 * i, seconds);
        // Byte by byte, so that no machine's byte order matters.
        const bytes = Uint8Array.from({ length: 2 * samples.length + 1 }, (_, b) =>
          b === 2 * samples.length ? label : (samples[b >> 1] as number) >> (8 * (b & 1)),
        );
        crc = crc32(bytes, crc);
      }
      hashes[`${name} ${seconds}`] = crc.toString(16).padStart(8, '0');
    }
  }
  return hashes;
}

/** Change only when the sounds are meant to change: then every run on them is another one. */
export const EXPECTED_HASHES: Readonly<Record<string, string>> = {
  'syllables 0.512': 'f71f56d7',
  'syllables 1.024': '58ef61f1',
  'syllables 2.048': 'e83cd6f8',
  'syllables 4.096': '86ec5b8d',
  'melodies 0.512': '63207c3c',
  'melodies 1.024': 'b73bcbc5',
  'melodies 2.048': 'ba21b995',
  'melodies 4.096': 'a765db6a',
  'drums 0.512': '53b1fed9',
  'drums 1.024': '7ea5cf24',
  'drums 2.048': '42062a4e',
  'drums 4.096': 'c9f83ab4',
  'birds 0.512': 'a955b197',
  'birds 1.024': 'd9af8fde',
  'birds 2.048': 'c6a1dad8',
  'birds 4.096': '2a217f9e',
  'sounds 0.512': 'da0aad83',
  'sounds 1.024': '3af9bed4',
  'sounds 2.048': 'a024f184',
  'sounds 4.096': 'ed3d2b44',
};
