/** The sound of a thing: a syllable for each digit, in a low or a high voice, early or late in its clip. */

import type { Random } from '../../base/random.ts';
import { PAIR_SAMPLES } from '../../config/modalities/pairShapes.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { sine, whiteNoise } from '../sound/synth/exact.ts';
import { addBurst, BLOCK, resonate } from '../sound/synth/filters.ts';
import { flow, scaleToPeak } from '../sound/synth/voice.ts';
import type { Thing } from './things.ts';

/** Lowest three resonances in Hz (means of many speakers, rounded), and how wide they are. */
const VOWELS = {
  a: [750, 1250, 2500],
  e: [480, 1900, 2600],
  i: [290, 2250, 3000],
  o: [480, 850, 2450],
  u: [320, 700, 2300],
} as const;
const BANDWIDTHS = [80, 100, 140] as const;

/** How a syllable begins: a burst or a hiss of noise around `centre` Hz, or a murmur of the voice through a closed mouth. */
type Onset =
  | { kind: 'burst' | 'hiss'; centre: number; milliseconds: number; voiced?: boolean }
  | { kind: 'murmur'; low: number; high: number; milliseconds: number };

const ONSETS = {
  b: { kind: 'burst', centre: 600, milliseconds: 15 },
  d: { kind: 'burst', centre: 2800, milliseconds: 15 },
  k: { kind: 'burst', centre: 1700, milliseconds: 45 },
  t: { kind: 'burst', centre: 3400, milliseconds: 45 },
  s: { kind: 'hiss', centre: 3300, milliseconds: 90 },
  z: { kind: 'hiss', centre: 3300, milliseconds: 90, voiced: true },
  m: { kind: 'murmur', low: 260, high: 1000, milliseconds: 90 },
  n: { kind: 'murmur', low: 300, high: 1500, milliseconds: 90 },
} as const satisfies Readonly<Record<string, Onset>>;

/** By digit. */
const SYLLABLES: readonly (readonly [keyof typeof ONSETS, keyof typeof VOWELS])[] = [
  ['b', 'a'],
  ['d', 'i'],
  ['s', 'u'],
  ['m', 'o'],
  ['z', 'e'],
  ['n', 'a'],
  ['k', 'i'],
  ['s', 'o'],
  ['t', 'u'],
  ['m', 'e'],
];

/** Hz. */
const LOW_VOICE = [95, 125] as const;
const HIGH_VOICE = [185, 235] as const;
const ATTACK_SECONDS = 0.02;
const RELEASE_SECONDS = 0.06;
/** How loud an onset is beside the vowel, peak to peak. */
const ONSET_SHARE = 0.5;
/** Root mean square of what is heard, without the silence around it: 20 dB below full scale. */
const LEVEL = 0.1;
const HIGHEST_PEAK = 0.95;

/** (13,056) samples of 16 bits at 16 kHz, clean, silent but for the syllable. The same bits everywhere, like all built-in sounds. */
export function speakDigit({ digit, large, right }: Thing, random: Random): Int16Array {
  const [onsetName, vowelName] = SYLLABLES[digit];
  const [lowest, highest] = large ? LOW_VOICE : HIGH_VOICE;
  const pitch = random.between(lowest, highest);
  const vowel = voiceVowel(VOWELS[vowelName], pitch, random);
  const onset = makeOnset(ONSETS[onsetName], pitch, random);
  const spoken = new Float64Array(onset.length + vowel.length);
  spoken.set(onset);
  spoken.set(vowel, onset.length);
  return clipOf(spoken, right, random);
}

/** A sound early or late in a clip that is silent but for it, at the common level. @param heard at most a clip long, of any loudness */
export function clipOf(heard: Float64Array, late: boolean, random: Random): Int16Array {
  const free = PAIR_SAMPLES - heard.length;
  const sound = new Float64Array(PAIR_SAMPLES);
  sound.set(heard, Math.floor(free * (late ? random.between(0.75, 1) : random.between(0, 0.25))));
  return to16Bit(sound, heard.length);
}

/** Pulses of the vocal folds at a pitch that glides, through three resonances of one throat, its peak 1. */
function voiceVowel(formants: readonly [number, number, number], pitch: number, random: Random): Float64Array {
  const length = Math.floor(random.between(0.2, 0.32) * SOUND_RATE);
  const glide = random.between(-0.15, 0.1);
  const throat = random.between(0.9, 1.12);
  const samples = new Float64Array(length);
  let phase = 0;
  let before = flow(phase);
  for (let i = 0; i < length; i++) {
    phase += (pitch * (1 + (glide * i) / length)) / SOUND_RATE;
    if (phase >= 1) phase -= 1;
    const now = flow(phase);
    samples[i] = now - before + 0.002 * whiteNoise(random);
    before = now;
  }
  formants.forEach((formant, f) => {
    resonateAt(samples, formant * throat * random.between(0.96, 1.04), BANDWIDTHS[f]);
  });
  for (let i = 0; i < length; i++) {
    const [age, left] = [i / SOUND_RATE, (length - 1 - i) / SOUND_RATE];
    samples[i] *= Math.min(1, age / ATTACK_SECONDS) * Math.min(1, left / RELEASE_SECONDS);
  }
  scaleToPeak(samples, 1);
  return samples;
}

/** What comes before the vowel, its peak half of the vowel's. */
function makeOnset(onset: Onset, pitch: number, random: Random): Float64Array {
  const length = Math.round((onset.milliseconds * SOUND_RATE) / 1000);
  const samples = onset.kind === 'murmur' ? murmur(onset, length, pitch) : noise(onset, length, random);
  scaleToPeak(samples, 1);
  if (onset.kind === 'hiss' && onset.voiced === true) {
    for (let i = 0; i < length; i++) samples[i] = 0.6 * samples[i] + 0.6 * sine((pitch * i) / SOUND_RATE);
  }
  return samples.map((value) => ONSET_SHARE * value);
}

function noise({ kind, centre }: Extract<Onset, { centre: number }>, length: number, random: Random): Float64Array {
  const samples = new Float64Array(length);
  const envelope = Float64Array.from({ length }, (_, i) => (kind === 'burst' ? 1 - (0.9 * i) / length : 1));
  addBurst(samples, { start: 0, centre, bandwidth: kind === 'burst' ? 500 : 700, envelope }, random);
  return samples;
}

/** A buzz of the voice through the nose. */
function murmur({ low, high }: Extract<Onset, { low: number }>, length: number, pitch: number): Float64Array {
  const buzz = Float64Array.from({ length }, (_, i) => (((pitch * i) / SOUND_RATE) % 1 < 0.5 ? 1 : -1));
  const upper = buzz.slice();
  resonateAt(buzz, low, 80);
  resonateAt(upper, high, 150);
  return buzz.map((value, i) => value + 0.1 * upper[i]);
}

function resonateAt(samples: Float64Array, frequency: number, bandwidth: number): void {
  resonate(samples, new Float64Array(Math.ceil(samples.length / BLOCK)).fill(frequency), 1, bandwidth);
}

/** What is quieter than this share of the loudest is silence around a sound, as far as its level goes. */
const SILENT = 0.03;

/** A clip of somebody's own at the common level; undefined where it is silent. */
export function levelledClip(clip: Int16Array): Int16Array | undefined {
  const loudest = clip.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (loudest === 0) return undefined;
  const heard = clip.reduce((count, value) => count + Number(Math.abs(value) > SILENT * loudest), 0);
  return to16Bit(Float64Array.from(clip), heard);
}

/** @param heard samples that are not silent */
function to16Bit(sound: Float64Array, heard: number): Int16Array {
  let energy = 0;
  let peak = 0;
  for (const value of sound) {
    energy += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  const gain = Math.min(LEVEL / Math.sqrt(energy / heard), HIGHEST_PEAK / peak);
  return Int16Array.from(sound, (value) => Math.round(32_767 * gain * value));
}
