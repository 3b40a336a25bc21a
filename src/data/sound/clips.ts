/** Cuts a sound into clips. */
import { BadDataError } from '../../base/errors.ts';
import { invariant } from '../../base/invariant.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { type FrameEnergies, frameEnergies, type Stretch, trim } from './trim.ts';
import type { Waveform } from './waveform.ts';

/** Samples that a piece has at least: 16 ms. */
const PIECE_SAMPLES = 256;
const CLIPS_A_FILE = 64;

export interface ClipOptions {
  /** Length of a clip, in seconds. */
  seconds: number;
  /** Pieces that a clip is cut into. */
  pieces: number;
  /** Samples that a clip needs for that; 16 ms a piece unless told. */
  fewestSamples?: number;
  /** What it would need with the fewest pieces that there is a setting for. */
  fewestInLeast?: number;
  /** Clips of one file, at most. */
  clipsPerFile?: number;
}

/** A sound that is too short to be cut. */
export class TooShortError extends BadDataError {
  /** @param samples how many there are, at 16 kHz */
  constructor(
    readonly samples: number,
    message: string,
  ) {
    super(message);
  }
}

/** A stretch of a sound at 16 kHz, in 16 bits. */
export interface Clip {
  samples: Int16Array;
  /** Where in its file it starts, in samples at 16 kHz. */
  start: number;
  /** Number of the file; all clips of a file belong on the same side of a split. */
  file: number;
}

export interface Cut {
  clips: Clip[];
  /** How many there are, of which `clips` are some where a file may make no more. */
  found: number;
  /** Stretches as long as a clip in which nothing is heard. */
  silent: number;
}

/**
 * The clips of a sound at 16 kHz, without the silence at its ends: windows end to end, the last one moved back so that it ends
 * with the sound, and none that is silent beside the rest. A sound shorter than a clip is one clip, of its own length.
 * Throws BadDataError when it is too short to be cut into pieces.
 */
export function clips(waveform: Waveform, options: ClipOptions, file: number): Cut {
  const { seconds, pieces, fewestSamples = pieces * PIECE_SAMPLES, clipsPerFile = CLIPS_A_FILE } = options;
  const length = Math.round(seconds * SOUND_RATE);
  invariant(waveform.rate === SOUND_RATE, 'clips are cut at 16 kHz');
  invariant(length >= fewestSamples, `${seconds} s are too short for ${pieces} pieces`);
  const heard = frameEnergies(waveform);
  const sound = trim(waveform, heard);
  checkLength(sound, waveform, pieces, fewestSamples);
  const all = windowsOf(sound, length);
  const windows = all.filter((window) => isHeard(window, heard));
  const used = evenly(windows, clipsPerFile);
  return {
    clips: used.map(({ start, end }) => ({ samples: to16Bit(waveform.samples, start, end), start, file })),
    found: windows.length,
    silent: all.length - windows.length,
  };
}

function checkLength({ start, end }: Stretch, { samples }: Waveform, pieces: number, needed: number): void {
  if (end - start >= needed) return;
  const without = samples.length >= needed ? ' without the silence around it' : '';
  throw new TooShortError(
    end - start,
    `is ${secondsText(end - start)} s long${without}: at least ${(Math.ceil((100 * needed) / SOUND_RATE) / 100).toFixed(2)} s are needed to cut it into ${pieces} pieces.`,
  );
}

function windowsOf({ start, end }: Stretch, length: number): Stretch[] {
  if (end - start <= length) return [{ start, end }];
  return Array.from({ length: Math.ceil((end - start) / length) }, (_, i) => {
    const from = Math.min(start + i * length, end - length);
    return { start: from, end: from + length };
  });
}

/** Whether a frame within the window is heard beside the loudest one of the file. */
function isHeard({ start, end }: Stretch, { energies, frame, hop, threshold }: FrameEnergies): boolean {
  const first = Math.ceil(start / hop);
  const last = Math.floor((end - frame) / hop);
  return energies.subarray(first, Math.max(first, last) + 1).some((energy) => energy >= threshold);
}

/** `most` of the items, spread over all of them. */
export function evenly<T>(all: readonly T[], most: number): T[] {
  if (all.length <= most) return [...all];
  return Array.from({ length: most }, (_, i) => all[Math.floor(((i + 0.5) * all.length) / most)]);
}

export function to16Bit(samples: Float32Array, start: number, end: number): Int16Array {
  return Int16Array.from(samples.subarray(start, end), (sample) =>
    Math.max(-32_768, Math.min(32_767, Math.round(sample * 32_768))),
  );
}

/** "0.25": rounded down, so that what is too short is never said to be as long as what is needed. */
function secondsText(samples: number): string {
  return (Math.floor((100 * samples) / SOUND_RATE) / 100).toFixed(2);
}
