/**
 * What is between a thing and who looks at it: each member of a paired sample is corrupted by itself, so that none is enough and their
 * mistakes are independent. In training every look is corrupted afresh; a test sample once and for all.
 */
import { Random } from '../../base/random.ts';
import type { PairSplit } from './things.ts';

export interface CorruptionSettings {
  /** Chance of a rectangle over a picture, and of a gap in a sound. */
  occlusion: number;
  /** Standard deviation of the noise on a picture, where ink is 1 and paper 0; the noise on sounds grows along. */
  noise: number;
}

export type CorruptedMember = 'picture' | 'sound';

/** Sides of the rectangle in pixels, and how grey it is. */
const RECTANGLE = { smallest: 10, largest: 17, grey: 0.5 } as const;
/** Frames of the gap, and those that it may start at, of 50. */
const GAP = { shortest: 6, longest: 15, firstStarts: 40, frames: 50 } as const;
/** Mean power of the noise on a sound is drawn up to this many times `noise` times the sound's own. */
const NOISE_POWER = 4;
/** Added to powers before their logarithm: a few millionths of the mean power of a band while somebody speaks. */
const POWER_FLOOR = 3e-5;

/** Test samples are corrupted the same way in every run. */
const HELD_OUT_SEED = 1977;

/** The stream for one look at one member. @param at place in the stream of training batches, or a test sample's index */
export function corruptionRandom(seed: number, split: PairSplit, member: CorruptedMember, at: number): Random {
  return new Random(split === 'heldOut' ? HELD_OUT_SEED : seed, 'corrupt', split, member, at);
}

/**
 * A grey rectangle perhaps, then noise all over, in place; returns whether there is a rectangle.
 *
 * @param pixels (size, size) ink is 1, paper 0
 */
export function corruptPicture(
  pixels: Float32Array,
  size: number,
  { occlusion, noise }: CorruptionSettings,
  random: Random,
): boolean {
  const hidden = random.uniform() < occlusion;
  const height = sideOf(size, random);
  const width = sideOf(size, random);
  // All places are as likely as each other; at the edges a part lies outside.
  const top = random.below(size - RECTANGLE.smallest);
  const left = random.below(size - RECTANGLE.smallest);
  if (hidden) {
    for (let y = top; y < Math.min(size, top + height); y++) {
      pixels.fill(RECTANGLE.grey, y * size + left, y * size + Math.min(size, left + width));
    }
  }
  for (let i = 0; i < pixels.length; i++) pixels[i] += noise * random.normal();
  return hidden;
}

function sideOf(size: number, random: Random): number {
  const side = RECTANGLE.smallest + random.below(RECTANGLE.largest - RECTANGLE.smallest + 1);
  return Math.min(size, side);
}

/**
 * Noise of a drawn level on every power, the sound itself gone for some frames perhaps, in place; returns whether there is a gap.
 *
 * @param power (frames, bands) mel power, not its logarithm
 */
export function corruptPower(
  power: Float32Array,
  bands: number,
  { occlusion, noise }: CorruptionSettings,
  random: Random,
): boolean {
  const frames = power.length / bands;
  const level = meanOf(power) * random.between(0, NOISE_POWER * noise);
  const silenced = random.uniform() < occlusion;
  const scale = frames / GAP.frames;
  const length = Math.round(scale * (GAP.shortest + random.below(GAP.longest - GAP.shortest + 1)));
  const start = random.below(Math.max(1, Math.round(scale * GAP.firstStarts)));
  const end = start + length;
  for (let i = 0; i < power.length; i++) {
    const frame = Math.floor(i / bands);
    const kept = silenced && frame >= start && frame < end ? 0 : power[i];
    // The power of white noise in a narrow band is distributed exponentially.
    power[i] = kept - level * Math.log(1 - random.uniform());
  }
  return silenced;
}

/** ln(power + 3e-5), in place: what a model reads of a sound that may be silent. */
export function logPower(power: Float32Array): void {
  for (let i = 0; i < power.length; i++) power[i] = Math.log(power[i] + POWER_FLOOR);
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
