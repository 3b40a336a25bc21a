/** What can be measured of what is heard. Samples are -1 to 1. */
import { FeatureExtractor } from '../../src/data/sound/features.ts';
import type { FrontEnd } from '../../src/data/sound/frontEnd.ts';

export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}

export function peak(samples: Float32Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** Cosine of the angle between two sounds of the same length. */
export function likeness(a: Float32Array, b: Float32Array): number {
  let product = 0;
  for (let i = 0; i < Math.min(a.length, b.length); i++) product += a[i] * b[i];
  return product / (rms(a) * rms(b) * Math.sqrt(a.length * b.length));
}

/** Without the silence before and after. */
export function heardPart(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => sample !== 0);
  return first < 0 ? samples.subarray(0, 0) : samples.subarray(first, samples.findLastIndex((sample) => sample !== 0) + 1);
}

/** Where in `sound` a part begins that is as `part`, to half a step of 16 bits; -1 where none is. */
export function placeOf(part: Float32Array, sound: Float32Array): number {
  for (let at = 0; at + part.length <= sound.length; at++) {
    let i = 0;
    while (i < part.length && Math.abs(part[i] - sound[at + i]) < 1 / 32_768) i++;
    if (i === part.length) return at;
  }
  return -1;
}

/** How sharp the sharpest bend is from `from` to `to`: the second difference, which a click drives up. */
export function sharpest(samples: Float32Array, from = 1, to = samples.length - 1): number {
  let most = 0;
  for (let i = Math.max(1, from); i < Math.min(samples.length - 1, to); i++) {
    most = Math.max(most, Math.abs(samples[i - 1] - 2 * samples[i] + samples[i + 1]));
  }
  return most;
}

/** Samples of a WAV file of one channel with 16 bits. */
export function samplesOf(wav: Uint8Array): Float32Array {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  return Float32Array.from({ length: (wav.length - 44) / 2 }, (_, i) => view.getInt16(44 + 2 * i, true) / 32_768);
}

/** What two sounds differ in, band by band and frame by frame: the mean, in decibels. Silence below -60 dB of the loudest band counts as that. */
export function decibelsApart(a: Float32Array, b: Float32Array): number {
  const [one, other] = [a, b].map(levels);
  return one.reduce((sum, value, i) => sum + Math.abs(value - other[i]), 0) / one.length;
}

const FRONT_END: FrontEnd = {
  kind: 'running',
  features: 'log-mel',
  pieces: 64,
  framesPerToken: 1,
  bins: 40,
  seconds: 1.024,
  rate: 16_000,
  low: 80,
  high: 7600,
};

function levels(samples: Float32Array): Float32Array {
  const extractor = new FeatureExtractor(FRONT_END);
  const values = new Float32Array(extractor.shape.tokens * extractor.shape.length);
  extractor.extract(samples, values, 0);
  const decibels = values.map((value) => (10 * value) / Math.LN10);
  const loudest = decibels.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
  return decibels.map((value) => Math.max(value, loudest - 60));
}
