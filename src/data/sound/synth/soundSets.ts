/**
 * The sounds that Patchwork makes by itself, computed sample by sample: the same seed gives the same 16-bit samples in every
 * browser and in Node.
 */
import { Random } from '../../../base/random.ts';
import type { BuiltInSounds } from '../../../config/datasets.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { BIRD_NAMES, bird } from './birds.ts';
import { DRUM_NAMES, drums } from './drums.ts';
import { exponential, whiteNoise } from './exact.ts';
import { MELODY_NAMES, melody } from './melodies.ts';
import { babble, WORD_NAMES, word } from './syllables.ts';

/** A built-in set of sounds. */
export interface SynthesisedSounds {
  name: BuiltInSounds;
  classes: readonly string[];
}

/** Makes `length` samples at 16 kHz, of any level. */
type Synthesiser = (label: number, length: number, random: Random) => Float64Array;

/** The families of the mixed set; which word or melody of one is drawn. */
const FAMILIES: Readonly<Record<string, (length: number, random: Random) => Float64Array>> = {
  words: (length, random) => word(random.below(WORD_NAMES.length), length, random),
  babble,
  melodies: (length, random) => melody(random.below(MELODY_NAMES.length), length, random),
  drums: (length, random) => drums(random.below(DRUM_NAMES.length), length, random),
  birds: (length, random) => bird(random.below(BIRD_NAMES.length), length, random),
};
const MAKERS = Object.values(FAMILIES);

const SYNTHESISERS: Readonly<Record<BuiltInSounds, Synthesiser>> = {
  syllables: word,
  melodies: melody,
  drums,
  birds: bird,
  sounds: (label, length, random) => (MAKERS[label] as (typeof MAKERS)[number])(length, random),
};

export const SOUND_SETS: Readonly<Record<BuiltInSounds, SynthesisedSounds>> = {
  syllables: { name: 'syllables', classes: WORD_NAMES },
  melodies: { name: 'melodies', classes: MELODY_NAMES },
  drums: { name: 'drums', classes: DRUM_NAMES },
  birds: { name: 'birds', classes: BIRD_NAMES },
  sounds: { name: 'sounds', classes: Object.keys(FAMILIES) },
};

/** Root mean square of a clip: 20 dB below full scale. */
const LEVEL = 0.1;
const HIGHEST_PEAK = 0.95;
/** Of the noise under every clip, in dB below full scale, so that no two pieces are equal. */
const NOISE_DECIBELS = [-72, -52] as const;

/**
 * Clip `index` of a split: round(seconds * 16,000) samples of 16 bits, and its class. Depends on its arguments only, so any clip
 * can be made without the ones before it. Classes follow each other in turn: all have equally many clips.
 */
export function soundClip(
  set: BuiltInSounds,
  seed: number,
  split: 'train' | 'heldOut',
  index: number,
  seconds: number,
): { samples: Int16Array<ArrayBuffer>; label: number } {
  const random = new Random(seed, set, split, index);
  const label = index % SOUND_SETS[set].classes.length;
  const sound = SYNTHESISERS[set](label, Math.round(seconds * SOUND_RATE), random);
  return { samples: finished(sound, random), label };
}

/** A sound at the common level with a little noise, in 16 bits. */
function finished(sound: Float64Array, random: Random): Int16Array<ArrayBuffer> {
  const length = sound.length;
  let sum = 0;
  for (let i = 0; i < length; i++) sum += sound[i] as number;
  const mean = sum / length;
  let energy = 1e-12;
  let peak = 0;
  for (let i = 0; i < length; i++) {
    const value = (sound[i] as number) - mean;
    energy += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  const gain = Math.min(LEVEL / Math.sqrt(energy / length), HIGHEST_PEAK / peak);
  const noise = exponential((random.between(...NOISE_DECIBELS) * Math.LN10) / 20);
  const samples = new Int16Array(length);
  for (let i = 0; i < length; i++) {
    const value = ((sound[i] as number) - mean) * gain + noise * whiteNoise(random);
    samples[i] = Math.round(32_767 * Math.min(1, Math.max(-1, value)));
  }
  return samples;
}
