/**
 * Sets that give places away on purpose: what shorter sounds would tell if they were filled up to one length. Patchwork does neither
 * (sound.md 1, 7.2); `npm run leaks` shows why.
 */

import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { clipAt, type SoundSet, storeClips } from './soundSet.ts';

/** Silence behind every sound, up to the length of a clip: pieces of it are all alike, and how many there are tells how long it is. */
export function padded(set: SoundSet): SoundSet {
  return refilled(set, (clip, filled) => filled.set(clip));
}

/** Every sound over and over, up to the length of a clip: each of its pieces comes again a little later. */
export function repeated(set: SoundSet): SoundSet {
  return refilled(set, (clip, filled) => {
    for (let i = 0; i < filled.length; i++) filled[i] = clip[i % clip.length];
  });
}

function refilled(set: SoundSet, fill: (clip: Int16Array, filled: Int16Array) => void): SoundSet {
  const clips = Array.from({ length: set.count }, (_, index) => {
    const filled = new Int16Array(Math.round(set.seconds * SOUND_RATE));
    fill(clipAt(set, index), filled);
    return filled;
  });
  return { ...set, clips: storeClips(clips) };
}
