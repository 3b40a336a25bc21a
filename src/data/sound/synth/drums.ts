/** Drum patterns on a grid of sixteenths. */
import type { Random } from '../../../base/random.ts';
import { keptEachSample, SAMPLE_RATE, sine } from './exact.ts';
import { addBurst } from './filters.ts';

/** A bar: x is a hit, - a soft one, o an open hat. Every sixteenth has one, or pieces of a clip would hold nothing. */
interface Pattern {
  kick: string;
  snare: string;
  hat: string;
}

const PATTERNS: Readonly<Record<string, Pattern>> = {
  rock: { kick: 'x.....x.x.......', snare: '....x.......x...', hat: 'x-x-x-x-x-x-x-x-' },
  disco: { kick: 'x...x...x...x...', snare: '....x.......x...', hat: '--o---o---o---o-' },
  'half time': { kick: 'x..x..x...x.....', snare: '........x.......', hat: 'xxxxxxxxxxxxxxxx' },
  'broken beat': { kick: 'x......x..x.....', snare: '....x..-.-.x..x.', hat: 'x--x--x-x--x--o-' },
};

export const DRUM_NAMES: readonly string[] = Object.keys(PATTERNS);
const BARS = Object.values(PATTERNS);
const STEPS = 16;

/** A pattern at 110 to 170 beats a minute, (length): heard from any moment of the bar on, so that its start tells no place. */
export function drums(label: number, length: number, random: Random): Float64Array {
  const { kick, snare, hat } = BARS[label] as Pattern;
  const samples = new Float64Array(length);
  const step = (SAMPLE_RATE * 60) / random.between(110, 170) / 4;
  const kit = {
    kick: random.between(45, 70),
    snare: random.between(160, 230),
    hat: random.between(5000, 6800),
  };
  const from = random.between(0, STEPS);
  // Two steps early: what was hit there may still be heard.
  for (let at = Math.floor(from) - 2; (at - from) * step < length; at++) {
    const start = Math.round((at - from) * step);
    const place = (at + STEPS) % STEPS;
    // No two hits are equally hard.
    const force = (mark: string | undefined) => (mark === '-' ? 0.4 : 1) * random.between(0.75, 1.1);
    if (kick[place] === 'x') addKick(samples, start, kit.kick, force(kick[place]), random);
    if (snare[place] !== '.') addSnare(samples, start, kit.snare, force(snare[place]), random);
    addHat(samples, start, kit.hat, force(hat[place]), hat[place] === 'o', random);
  }
  saturate(samples);
  return samples;
}

/** Rounds off peaks as tape does: drums are otherwise all peak, and too quiet at a level that the peaks allow. */
function saturate(samples: Float64Array): void {
  for (let i = 0; i < samples.length; i++) {
    const value = samples[i] as number;
    samples[i] = value / Math.sqrt(1 + value * value);
  }
}

/** A deep tone whose pitch falls: `bend` turns more than its frequency gives, most of them at once. */
function addKick(samples: Float64Array, start: number, hertz: number, force: number, random: Random): void {
  const bend = random.between(1.5, 2.5) / (2 * Math.PI);
  const bendKept = keptEachSample(30);
  const kept = keptEachSample(18);
  const end = Math.min(Math.round(0.18 * SAMPLE_RATE), samples.length - start);
  let loudness = 1.1 * force;
  let unbent = 1;
  for (let age = 0; age < end; age++) {
    const at = start + age;
    if (at >= 0) {
      const tone = sine((hertz * age) / SAMPLE_RATE + bend * (1 - unbent));
      samples[at] = (samples[at] as number) + loudness * tone;
    }
    loudness *= kept;
    unbent *= bendKept;
  }
}

/** A short tone and the rattle of the wires. */
function addSnare(samples: Float64Array, start: number, hertz: number, force: number, random: Random): void {
  const length = Math.round(0.18 * SAMPLE_RATE);
  const kept = keptEachSample(25);
  const end = Math.min(length, samples.length - start);
  let loudness = 0.5 * force;
  for (let age = 0; age < end; age++) {
    const at = start + age;
    if (at >= 0) samples[at] = (samples[at] as number) + loudness * sine((hertz * age) / SAMPLE_RATE);
    loudness *= kept;
  }
  addBurst(samples, { start, length, centre: 1900, bandwidth: 2500, loudness: falling(0.7 * force, 20) }, random);
}

function addHat(samples: Float64Array, start: number, hertz: number, force: number, open: boolean, random: Random): void {
  const length = Math.round((open ? 0.25 : 0.14) * SAMPLE_RATE);
  const loudness = falling(0.5 * force, open ? 15 : 32);
  addBurst(samples, { start, length, centre: hertz, bandwidth: 1500, loudness }, random);
}

/** From `loud` on, falling by e in 1 / `perSecond` seconds; asked for one age after the other. */
function falling(loud: number, perSecond: number): (age: number) => number {
  const kept = keptEachSample(perSecond);
  let now = loud;
  return (age) => {
    if (age > 0) now *= kept;
    return now;
  };
}
