/**
 * The arithmetic of the built-in sounds: + - * / and square roots only, which IEEE 754 fixes to the last bit. Math.sin and
 * Math.exp may differ between engines; these do not, so a clip has the same samples in every browser and in Node. A power is left out for the same reason.
 */

import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';

/** sin(2 pi turns), within 6e-8 for |turns| below a million: what a sample needs, at a third of the cost of `sinOfTurn`. */
export function sine(turns: number): number {
  // Into [-1/4, 1/4], where the Taylor series needs six terms.
  let t = turns - Math.floor(turns + 0.5);
  if (t > 0.25) t = 0.5 - t;
  else if (t < -0.25) t = -0.5 - t;
  const x = 2 * Math.PI * t;
  const q = x * x;
  return x * (1 - (q / 6) * (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - q / 110)))));
}

/** cos(2 pi turns). */
export function cosine(turns: number): number {
  return sine(turns + 0.25);
}

const DOUBLINGS = 10;

/** e^x, within 1e-12 of its value for |x| below 20: a short series of x / 1024, squared ten times. */
export function exponential(x: number): number {
  const t = x / 1024;
  let result = 1 + t * (1 + (t / 2) * (1 + (t / 3) * (1 + (t / 4) * (1 + (t / 5) * (1 + t / 6)))));
  for (let i = 0; i < DOUBLINGS; i++) result *= result;
  return result;
}

/** What a quantity that falls by e in 1 / `perSecond` seconds keeps from one sample to the next. */
export function keptEachSample(perSecond: number): number {
  return exponential(-perSecond / SOUND_RATE);
}

/** White noise of mean 0 and variance 1: the sum of the two halves of one random number. */
export function whiteNoise(random: Random): number {
  const bits = random.uint32();
  return ((bits >>> 16) + (bits & 0xffff) - 65_535) * WHITE_SCALE;
}

/** One half is uniform over 65,536 whole numbers: its variance is 65,536^2 / 12. */
const WHITE_SCALE = 1 / (65_536 * Math.sqrt(1 / 6));
