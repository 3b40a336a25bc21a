/** Where in a sound something is heard. */
import type { Waveform } from './waveform.ts';

const FRAME_SECONDS = 0.025;
const HOP_SECONDS = 0.01;
/** Quieter than the loudest frame by more than 35 dB is taken for silence. */
const RANGE = 10 ** (-35 / 10);

/** A stretch of a sound, in samples: `end` is the first one after it. */
export interface Stretch {
  start: number;
  end: number;
}

/** Energy of frames that overlap; the last one ends with the sound. */
export interface FrameEnergies {
  energies: Float64Array;
  frame: number;
  hop: number;
  /** What a frame needs to be heard beside the loudest one. */
  threshold: number;
}

export function frameEnergies({ samples, rate }: Waveform): FrameEnergies {
  const frame = Math.min(samples.length, Math.round(FRAME_SECONDS * rate));
  const hop = Math.round(HOP_SECONDS * rate);
  const count = 1 + Math.ceil((samples.length - frame) / hop);
  const energies = new Float64Array(count);
  let loudest = 0;
  for (let f = 0; f < count; f++) {
    const start = frameStart(f, samples.length, frame, hop);
    let energy = 0;
    for (let i = start; i < start + frame; i++) energy += samples[i] * samples[i];
    energies[f] = energy;
    loudest = Math.max(loudest, energy);
  }
  return { energies, frame, hop, threshold: loudest * RANGE };
}

/** From the first to the last frame that is heard beside the loudest one. */
export function trim(waveform: Waveform, { energies, frame, hop, threshold }: FrameEnergies = frameEnergies(waveform)): Stretch {
  const { length } = waveform.samples;
  const first = energies.findIndex((energy) => energy >= threshold);
  const last = energies.findLastIndex((energy) => energy >= threshold);
  return { start: frameStart(first, length, frame, hop), end: frameStart(last, length, frame, hop) + frame };
}

function frameStart(f: number, length: number, frame: number, hop: number): number {
  return Math.min(f * hop, length - frame);
}
