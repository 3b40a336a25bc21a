/** Checksums of built-in pairs, which Node and browsers must agree on. */

import { crc32 } from '../../../src/base/crc32.ts';
import { PAIR_SIZE } from '../../../src/config/modalities/pairShapes.ts';
import { captionOf } from '../../../src/data/pairs/captions.ts';
import { corruptionRandom, corruptPicture, corruptPower } from '../../../src/data/pairs/corruption.ts';
import { drawDigit } from '../../../src/data/pairs/drawnDigit.ts';
import { speakDigit } from '../../../src/data/pairs/spokenDigit.ts';
import { pairRandom, thingAt } from '../../../src/data/pairs/things.ts';

const PAIRS = 60;
const CORRUPTION = { occlusion: 0.5, noise: 0.25 };

/** Of 60 pairs, half of them held out: pictures, sounds, captions, and what corruption makes of numbers. */
export function pairHashes(): Record<string, string> {
  const hashes = { picture: 0, sound: 0, text: 0, noisyPicture: 0, noisySound: 0 };
  for (let i = 0; i < PAIRS; i++) {
    const split = i % 2 === 0 ? 'train' : 'heldOut';
    const thing = thingAt(5, split, i);
    const picture = drawDigit(thing, pairRandom(5, split, i, 'picture'));
    const sound = speakDigit(thing, pairRandom(5, split, i, 'sound'));
    const caption = captionOf(thing, 0.5, pairRandom(5, split, i, 'text'));
    const pixels = Float32Array.from(picture, (value) => value / 255);
    corruptPicture(pixels, PAIR_SIZE, CORRUPTION, corruptionRandom(5, split, 'picture', i));
    const power = Float32Array.from({ length: 2000 }, (_, k) => (k % 7) / 7);
    corruptPower(power, 40, CORRUPTION, corruptionRandom(5, split, 'sound', i));
    hashes.picture = crc32(picture, hashes.picture);
    hashes.sound = crc32(bytesOf(sound), hashes.sound);
    hashes.text = crc32(new TextEncoder().encode(caption), hashes.text);
    hashes.noisyPicture = crc32(bytesOf(pixels), hashes.noisyPicture);
    hashes.noisySound = crc32(bytesOf(power), hashes.noisySound);
  }
  return Object.fromEntries(Object.entries(hashes).map(([name, crc]) => [name, crc.toString(16).padStart(8, '0')]));
}

/** Byte by byte, so that no machine's byte order matters. */
function bytesOf(numbers: Int16Array | Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  for (const [i, number] of numbers.entries()) {
    if (numbers instanceof Float32Array) view.setFloat32(4 * i, number);
    else view.setInt32(4 * i, number);
  }
  return new Uint8Array(view.buffer);
}

/** Change only when the pairs are meant to change: then every run on them is another one. */
export const EXPECTED_HASHES: Readonly<Record<string, string>> = {
  picture: '9f228358',
  sound: 'aa7c80a3',
  text: '90e31d00',
  noisyPicture: '6fd5be60',
  noisySound: '701eabd6',
};
