/** Melodies of plucked notes in a major key. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { cosine, exponential, keptEachSample, sine } from './exact.ts';

export const MELODY_NAMES = ['scale up', 'scale down', 'broken chords', 'leaps'] as const;

/** Semitones of the seven degrees of a major scale. */
const MAJOR = [0, 2, 4, 5, 7, 9, 11] as const;
const HARMONICS = 5;
const ATTACK = 40;

/** A melody, (length): it is under way when the clip starts and goes on when it ends. */
export function melody(label: number, length: number, random: Random): Float64Array {
  const samples = new Float64Array(length);
  // Longer clips have slower notes that start lower, so that a scale has room to rise.
  const pace = Math.max(1, Math.sqrt(length / SOUND_RATE / 1.024));
  const spacing = Math.round(SOUND_RATE * pace * random.between(0.11, 0.22));
  // The note before the first one heard from its start still rings.
  const first = -spacing - random.below(spacing);
  const count = Math.ceil((length - first) / spacing);
  const root = random.between(180, 420) / pace;
  const tone = { kept: keptEachSample(random.between(4, 12) / pace), brightness: random.between(0.2, 0.7) };
  degrees(label, count, random).forEach((degree, i) => {
    addNote(samples, first + i * spacing, spacing, root * frequencyRatio(degree), tone);
  });
  return samples;
}

/** Degrees of the scale, 0 the root, that the notes stand on. */
function degrees(label: number, count: number, random: Random): number[] {
  switch (MELODY_NAMES[label]) {
    case 'scale up':
      return scale(count, random);
    case 'scale down':
      return scale(count, random).reverse();
    case 'broken chords':
      return brokenChords(count, random);
    case 'leaps':
      return leaps(count, random);
    default:
      throw new RangeError(`There is no melody ${label}.`);
  }
}

/** One degree up from note to note, sometimes two. */
function scale(count: number, random: Random): number[] {
  let degree = 0;
  return Array.from({ length: count }, (_, i) => {
    if (i > 0) degree += random.uniform() < 0.25 ? 2 : 1;
    return degree;
  });
}

/** Root, third, fifth and octave of one chord after another, from any of the four notes on. */
function brokenChords(count: number, random: Random): number[] {
  const steps = [0, 2, 4, 7] as const;
  const roots = [0, 1, 3, 4, 5] as const;
  const order = random.permutation(roots.length);
  const offset = random.below(steps.length);
  return Array.from({ length: count }, (_, i) => {
    const chord = Math.floor((i + offset) / steps.length);
    return (roots[order[chord % roots.length] as number] as number) + (steps[(i + offset) % steps.length] as number);
  });
}

/** Jumps of four to eight degrees inside two octaves, not to one of the last three notes. */
function leaps(count: number, random: Random): number[] {
  const highest = 14;
  const notes = [random.below(highest + 1)];
  while (notes.length < count) {
    const from = notes[notes.length - 1] as number;
    const distance = 4 + random.below(5);
    const up = from + distance > highest ? false : from - distance < 0 ? true : random.uniform() < 0.5;
    const to = up ? from + distance : from - distance;
    if (!notes.slice(-3).includes(to)) notes.push(to);
  }
  return notes;
}

function frequencyRatio(degree: number): number {
  const semitones = 12 * Math.floor(degree / MAJOR.length) + (MAJOR[degree % MAJOR.length] as number);
  return exponential((semitones * Math.LN2) / 12);
}

/**
 * Adds a note of five harmonics that rings into the next one. Each harmonic is a damped oscillation,
 * y = 2 k cos(w) y1 - k^2 y2, which costs two products a sample.
 */
function addNote(
  samples: Float64Array,
  start: number,
  spacing: number,
  hertz: number,
  { kept, brightness }: { kept: number; brightness: number },
): void {
  const length = Math.min(2 * spacing, samples.length - start);
  const note = new Float64Array(length);
  let loudness = 1;
  for (let harmonic = 1; harmonic <= HARMONICS && hertz * harmonic < 7500; harmonic++) {
    const turns = (hertz * harmonic) / SOUND_RATE;
    const first = 2 * kept * cosine(turns);
    const second = kept * kept;
    let y1 = 0;
    let y = loudness * kept * sine(turns);
    for (let i = 1; i < length; i++) {
      note[i] = (note[i] as number) + y;
      const next = first * y - second * y1;
      y1 = y;
      y = next;
    }
    loudness *= brightness;
  }
  for (let i = Math.max(0, -start); i < length; i++) {
    const attack = i < ATTACK ? i / ATTACK : 1;
    const release = i > spacing ? (2 * spacing - i) / spacing : 1;
    samples[start + i] = (samples[start + i] as number) + (note[i] as number) * attack * release;
  }
}
