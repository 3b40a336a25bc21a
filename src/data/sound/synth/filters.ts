/** Two-pole filters: what a vocal tract, a snare and a hat do to a pulse or to noise. */
import type { Random } from '../../../base/random.ts';
import { SOUND_RATE } from '../../../config/modalities/sound.ts';
import { cosine, exponential, whiteNoise } from './exact.ts';

/** Samples between two settings of a filter that moves: 5 ms. */
export const BLOCK = 80;

/** The radius of a pole of this bandwidth in Hz. */
function poleRadius(bandwidth: number): number {
  return exponential((-Math.PI * bandwidth) / SOUND_RATE);
}

/**
 * Filters `samples` in place by y = (1 - c + r^2) x + c y1 - r^2 y2, whose gain at 0 Hz is 1, with the resonance at
 * `scale * frequencies[b]` Hz in block b of 80 samples (Klatt 1980, section II A).
 */
export function resonate(samples: Float64Array, frequencies: Float64Array, scale: number, bandwidth: number): void {
  const radius = poleRadius(bandwidth);
  const second = radius * radius;
  let y1 = 0;
  let y2 = 0;
  for (let block = 0, start = 0; start < samples.length; block++, start += BLOCK) {
    const first = 2 * radius * cosine((scale * (frequencies[block] as number)) / SOUND_RATE);
    const gain = 1 - first + second;
    const end = Math.min(start + BLOCK, samples.length);
    for (let i = start; i < end; i++) {
      const y = gain * (samples[i] as number) + first * y1 - second * y2;
      y2 = y1;
      y1 = y;
      samples[i] = y;
    }
  }
}

/** A burst of noise: where it starts, in samples, which may be before the clip, and how it sounds. */
export interface Burst {
  start: number;
  /** Hz. */
  centre: number;
  /** Hz. */
  bandwidth: number;
  /** How loud it is, a number a sample. */
  envelope: Float64Array;
}

/** Adds noise of one band: poles at the centre, zeros at 0 Hz and at half the sample rate, unit gain at the centre. */
export function addBurst(samples: Float64Array, { start, centre, bandwidth, envelope }: Burst, random: Random): void {
  const radius = poleRadius(bandwidth);
  const first = 2 * radius * cosine(centre / SOUND_RATE);
  const second = radius * radius;
  const gain = 1 - radius;
  const end = Math.min(envelope.length, samples.length - start);
  let x1 = 0;
  let x2 = 0;
  let y1 = 0;
  let y2 = 0;
  for (let age = 0; age < end; age++) {
    const x = whiteNoise(random);
    const y = x - x2 + first * y1 - second * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
    const at = start + age;
    if (at >= 0) samples[at] = (samples[at] as number) + gain * y * (envelope[age] as number);
  }
}
