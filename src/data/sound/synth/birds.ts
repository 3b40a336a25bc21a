/** Bird song: sweeps of a whistle between 0.9 and 7.3 kHz. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { sine, whiteNoise } from './exact.ts';

export const BIRD_NAMES = ['chirps', 'warble', 'cascade', 'glides'] as const;

const LOWEST = 900;
const HIGHEST = 7300;

/** One call of a song. */
interface Call {
  seconds: number;
  /** Of silence after it. */
  pause: number;
  /** Hz at share t of the call, 0 to 1. */
  hertz: (t: number) => number;
}

/** Call `number` of a song, share `passed` of the clip before it. */
type Song = (number: number, passed: number) => Call;

/** A song, (length): it is under way when the clip starts and goes on when it ends. */
export function bird(label: number, length: number, random: Random): Float64Array {
  const samples = new Float64Array(length);
  const song = singer(label, random);
  let at = 0;
  for (let number = 0; at < length; number++) {
    const call = song(number, at / length);
    const duration = Math.round(call.seconds * SOUND_RATE);
    const pause = Math.round(call.pause * SOUND_RATE);
    if (number === 0) at = -random.below(duration + pause);
    addCall(samples, at, duration, call.hertz);
    at += duration + pause;
  }
  // Leaves and wind, so that a pause is not empty.
  for (let i = 0; i < length; i++) samples[i] = (samples[i] as number) + 0.01 * whiteNoise(random);
  return samples;
}

function singer(label: number, random: Random): Song {
  const base = random.between(2200, 4200);
  switch (BIRD_NAMES[label]) {
    case 'chirps': {
      const first = random.below(2);
      return (number) => chirp(base, number + first, random);
    }
    case 'warble':
      return () => warble(base, random);
    case 'cascade': {
      const fall = random.between(0.7, 0.85);
      return (_, passed) => cascade(base * (1.3 - fall * passed), random);
    }
    case 'glides':
      return glides(base, random);
    default:
      throw new RangeError(`There is no bird ${label}.`);
  }
}

/** Short sweeps, up and down in turn. */
function chirp(base: number, number: number, random: Random): Call {
  const slope = number % 2 === 1 ? 0.45 : -0.45;
  return {
    seconds: random.between(0.06, 0.1),
    pause: random.between(0.02, 0.05),
    hertz: (t) => base * (1 + slope * t),
  };
}

/** A long arch that trembles 20 to 40 times a second. */
function warble(base: number, random: Random): Call {
  const seconds = random.between(0.18, 0.3);
  const depth = random.between(100, 300);
  const rate = random.between(20, 40);
  return {
    seconds,
    pause: random.between(0.03, 0.05),
    hertz: (t) => base * (1 + 0.35 * sine(t / 2) - 0.25 * t) + depth * sine(rate * t * seconds),
  };
}

/** Very short calls, each a little lower than the one before. */
function cascade(base: number, random: Random): Call {
  return { seconds: random.between(0.03, 0.05), pause: 0.012, hertz: (t) => base * (1 + 0.1 * t) };
}

/** Slow slides that start where the last one ended, as a person whistles. */
function glides(base: number, random: Random): Song {
  let from = base * random.between(0.6, 1.5);
  return () => {
    const start = from;
    const end = base * random.between(0.5, 1.7);
    from = end;
    const smooth = (t: number) => t * t * (3 - 2 * t);
    return { seconds: random.between(0.14, 0.26), pause: 0.01, hertz: (t) => start + (end - start) * smooth(t) };
  };
}

/** Adds a call that swells and fades; it may start before the clip. */
function addCall(samples: Float64Array, start: number, duration: number, hertz: (t: number) => number): void {
  const end = Math.min(duration, samples.length - start);
  let phase = 0;
  for (let age = 0; age < end; age++) {
    const t = age / duration;
    phase += Math.min(HIGHEST, Math.max(LOWEST, hertz(t))) / SOUND_RATE;
    const at = start + age;
    if (at >= 0) samples[at] = (samples[at] as number) + sine(phase) * Math.sqrt(sine(t / 2));
  }
}
