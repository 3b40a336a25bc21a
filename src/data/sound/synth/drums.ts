/** Drum patterns on a grid of sixteenths. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { keptEachSample, sine } from './exact.ts';
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
  const step = (SOUND_RATE * 60) / random.between(110, 170) / 4;
  const kit = {
    kick: random.between(45, 70),
    snare: random.between(160, 230),
    hat: random.between(5000, 6800),
  };
  const from = random.between(0, STEPS);
  // What was hit three steps before may still be heard.
  for (let at = Math.floor(from) - 3; (at - from) * step < length; at++) {
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

/** How long a kick and a snare are heard, in seconds. */
const RING = 0.18;

/** A deep tone whose pitch falls: `bend` turns more than its frequency gives, most of them at once. */
function addKick(samples: Float64Array, start: number, hertz: number, force: number, random: Random): void {
  const bend = random.between(1.5, 2.5) / (2 * Math.PI);
  const unbent = falling(RING, 1, 30);
  addTone(
    samples,
    start,
    falling(RING, 1.1 * force, 18),
    (age) => (hertz * age) / SOUND_RATE + bend * (1 - (unbent[age] as number)),
  );
}

/** A short tone and the rattle of the wires. */
function addSnare(samples: Float64Array, start: number, hertz: number, force: number, random: Random): void {
  addTone(samples, start, falling(RING, 0.5 * force, 25), (age) => (hertz * age) / SOUND_RATE);
  addBurst(samples, { start, centre: 1900, bandwidth: 2500, envelope: falling(RING, 0.7 * force, 20) }, random);
}

function addHat(samples: Float64Array, start: number, hertz: number, force: number, open: boolean, random: Random): void {
  const envelope = open ? falling(0.25, 0.5 * force, 15) : falling(0.14, 0.5 * force, 32);
  addBurst(samples, { start, centre: hertz, bandwidth: 1500, envelope }, random);
}

/** Adds a tone by its phase in turns at each age in samples; it may start before the clip. */
function addTone(samples: Float64Array, start: number, envelope: Float64Array, turns: (age: number) => number): void {
  const end = Math.min(envelope.length, samples.length - start);
  for (let age = Math.max(0, -start); age < end; age++) {
    const at = start + age;
    samples[at] = (samples[at] as number) + (envelope[age] as number) * sine(turns(age));
  }
}

/** From `loud` on, falling by e in 1 / `perSecond` seconds. */
function falling(seconds: number, loud: number, perSecond: number): Float64Array {
  const envelope = new Float64Array(Math.round(seconds * SOUND_RATE));
  const kept = keptEachSample(perSecond);
  let now = loud;
  for (let age = 0; age < envelope.length; age++) {
    envelope[age] = now;
    now *= kept;
  }
  return envelope;
}
