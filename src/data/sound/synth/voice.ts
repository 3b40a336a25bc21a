/** A formant synthesiser: pulses of the vocal folds through four resonances that glide from one sound to the next. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { cosine, sine, whiteNoise } from './exact.ts';
import { addBurst, BLOCK, resonate } from './filters.ts';
import type { Consonant, Formants, Syllable } from './phonemes.ts';

/** A stretch of speech with one aim for the formants. */
interface Segment {
  milliseconds: number;
  formants: Formants;
  /** Of the voice at the start and the end. */
  loudness: readonly [number, number];
  noise?: { centre: number; bandwidth: number; gain: number; shape: 'burst' | 'hiss' };
}

const REST: Formants = [500, 1500, 2500];
/** From one sound's formants to the next one's. */
const GLIDE_MILLISECONDS = 45;
const BANDWIDTHS = [70, 100, 150] as const;
const FOURTH_FORMANT = { frequency: 3500, bandwidth: 250 };
/** Noise in the flow of air. */
const BREATH = 0.002;
/** How loud a hiss or burst is beside the loudest sample of the voice. */
const NOISE_SHARE = 0.25;

/** The syllables in one voice, (length): spoken at the rate that fills at least 92 % of it, the last vowel perhaps cut a little. */
export function speak(syllables: readonly Syllable[], length: number, random: Random): Float64Array {
  const segments: Segment[] = [{ milliseconds: random.between(0, 50), formants: REST, loudness: [0, 0] }];
  for (const { consonant, vowel } of syllables) {
    const heard = consonantSegments(consonant);
    // Before the first sound a closure is silence like any other.
    segments.push(...(segments.length === 1 ? heard.slice(-1) : heard));
    segments.push({ milliseconds: random.between(110, 210), formants: vowel, loudness: [1, 0.7] });
  }
  const total = segments.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const blocksPerMillisecond = (length / BLOCK / total) * random.between(0.92, 1.05);
  const ends: number[] = [];
  let passed = 0;
  for (const { milliseconds } of segments) {
    passed += milliseconds * blocksPerMillisecond;
    ends.push(Math.round(passed));
  }

  // A short vocal tract goes with a high voice: 80 to 290 Hz, nowhere cut off, or the voices at the end would be of one pitch.
  const tract = random.between(0.88, 1.22);
  const pitch = 130 * tract * tract * tract * random.between(0.85, 1.22);
  const tracks = trackSegments(segments, ends, Math.ceil(length / BLOCK), GLIDE_MILLISECONDS * blocksPerMillisecond);
  const samples = vocalFolds(tracks.loudness, length, pitch, random);
  tracks.formants.forEach((formant, i) => {
    resonate(samples, formant, tract, BANDWIDTHS[i] as number);
  });
  resonate(samples, new Float64Array(tracks.loudness.length).fill(FOURTH_FORMANT.frequency), tract, FOURTH_FORMANT.bandwidth);
  scaleToPeak(samples, 1);
  addNoises(samples, segments, ends, tract, random);
  return samples;
}

/** What is heard of a consonant before its vowel. */
function consonantSegments({ manner, locus, milliseconds, noise, voiced }: Consonant): Segment[] {
  switch (manner) {
    case 'stop': {
      const murmur = voiced ? 0.08 : 0;
      return [
        { milliseconds: 45, formants: [300, locus, 2500], loudness: [murmur, murmur] },
        {
          milliseconds,
          formants: [350, locus, 2500],
          loudness: voiced ? [0.1, 0.1] : [0, 0],
          noise: { centre: noise, bandwidth: 1200, gain: 3, shape: 'burst' },
        },
      ];
    }
    case 'fricative':
      return [
        {
          milliseconds,
          formants: [350, locus, 2500],
          loudness: [0, 0],
          noise: { centre: noise, bandwidth: 1800, gain: 2.2, shape: 'hiss' },
        },
      ];
    case 'nasal':
      return [{ milliseconds, formants: [260, locus, 2200], loudness: [0.35, 0.35] }];
    case 'liquid':
      return [{ milliseconds, formants: [320, locus, 2400], loudness: [0.5, 0.5] }];
    default:
      return manner satisfies never;
  }
}

interface Tracks {
  /** Three, in Hz, a number a block. */
  formants: readonly [Float64Array, Float64Array, Float64Array];
  /** Of the voice, a number a block. */
  loudness: Float64Array;
}

/** Formants that glide for `glide` blocks into each segment, and loudness; rest after the last segment. */
function trackSegments(segments: readonly Segment[], ends: readonly number[], blocks: number, glide: number): Tracks {
  const formants = [new Float64Array(blocks), new Float64Array(blocks), new Float64Array(blocks)] as const;
  const loudness = new Float64Array(blocks);
  let start = 0;
  segments.forEach((segment, s) => {
    const end = Math.min(blocks, ends[s] as number);
    const [first, last] = segment.loudness;
    for (let block = start; block < end; block++) {
      loudness[block] = first + ((last - first) * (block - start)) / (end - start);
    }
    formants.forEach((track, f) => {
      const aim = segment.formants[f] as number;
      const from = start > 0 ? (track[start - 1] as number) : aim;
      for (let block = start; block < blocks; block++) {
        track[block] = from + (aim - from) * Math.min(1, (block - start + 1) / glide);
      }
    });
    start = Math.max(start, end);
  });
  return { formants, loudness };
}

/**
 * What the vocal folds let out, (length), as it sounds in front of the lips: the change of the flow from sample to sample. The
 * pitch falls by 30 % with a slow vibrato; a little breath is in every voice.
 */
function vocalFolds(loudness: Float64Array, length: number, pitch: number, random: Random): Float64Array {
  const samples = new Float64Array(length);
  const vibrato = random.uniform();
  let phase = random.uniform();
  let before = flow(phase);
  for (let block = 0, start = 0; start < length; block++, start += BLOCK) {
    const falling = 1.12 - (0.3 * start) / length;
    const hertz = pitch * falling * (1 + 0.02 * sine((5 * start) / SOUND_RATE + vibrato));
    const loud = loudness[block] as number;
    const change = ((loudness[block + 1] ?? 0) - loud) / BLOCK;
    const end = Math.min(start + BLOCK, length);
    for (let i = start; i < end; i++) {
      phase += hertz / SOUND_RATE;
      if (phase >= 1) phase -= 1;
      const now = flow(phase);
      samples[i] = (now - before + BREATH * whiteNoise(random)) * (loud + change * (i - start));
      before = now;
    }
  }
  return samples;
}

/** Flow at a phase of the period: rises for 40 % of it, falls for 20 % to a sudden stop (Rosenberg 1971, pulse C). */
export function flow(phase: number): number {
  if (phase >= 0.6) return 0;
  if (phase >= 0.4) return cosine((phase - 0.4) / 0.8);
  const rise = sine(phase / 1.6);
  return rise * rise;
}

export function scaleToPeak(samples: Float64Array, peak: number): void {
  let largest = 1e-6;
  for (let i = 0; i < samples.length; i++) largest = Math.max(largest, Math.abs(samples[i] as number));
  for (let i = 0; i < samples.length; i++) samples[i] = ((samples[i] as number) * peak) / largest;
}

/** A burst is loud at once and falls; a hiss swells and fades. */
function addNoises(
  samples: Float64Array,
  segments: readonly Segment[],
  ends: readonly number[],
  tract: number,
  random: Random,
): void {
  segments.forEach(({ noise }, s) => {
    if (noise === undefined) return;
    const start = (ends[s - 1] ?? 0) * BLOCK;
    const length = Math.max(BLOCK, (ends[s] as number) * BLOCK - start);
    const gain = NOISE_SHARE * noise.gain;
    const envelope = Float64Array.from({ length }, (_, age) => {
      const left = 1 - age / length;
      return noise.shape === 'burst' ? gain * left * left : (gain * 4 * age * left) / length;
    });
    addBurst(samples, { start, centre: noise.centre * tract, bandwidth: noise.bandwidth, envelope }, random);
  });
}
