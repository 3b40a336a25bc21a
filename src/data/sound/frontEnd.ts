/** What a front end is: how a clip of sound is cut into frames, and frames are put together to tokens. */
import { BadSettingError } from '../../base/errors.ts';
import {
  PATCH,
  SHORTEST_FINE_PIECE,
  SHORTEST_PIECE,
  SMALLEST_HOP,
  SPEECH_HOP,
  SPEECH_WINDOW,
  speechFrames,
} from '../../config/modalities/sound.ts';
import { CEPSTRUM_BANDS } from './cepstrum.ts';
import { bandsFit } from './mel.ts';

/** Windows of 16 and 32 ms at 16 kHz; transforms have the same sizes. The shortest pieces are one of the short ones. */
const SHORT_WINDOW = SHORTEST_PIECE;
export const LONG_WINDOW = 512;

export type TokenKind = 'pieces' | 'frames' | 'running' | 'patches';
export type FeatureKind = 'log-mel' | 'mfcc';

/** A front end. Plain numbers: it travels to workers, and into files of weights. */
export interface FrontEnd {
  /**
   * `pieces`: the clip is cut into pieces, and the frames of a token lie inside its piece, so that no two tokens share a sample.
   * `frames`: one frame of 30 ms a token, every 10 ms, as MP3's paper has it.
   * `running`: frames of 32 ms evenly over the whole clip; a token is some that follow each other.
   * `patches`: the same frames as a picture of time and frequency, cut into patches.
   */
  kind: TokenKind;
  features: FeatureKind;
  /** Parts of a clip in time: tokens of a line, columns of a grid. `frames` has as many as fit. */
  pieces: number;
  /** Frames in each of these parts; `frames` has one. */
  framesPerToken: number;
  /** Mel bands, or coefficients of MFCC, which are made from 64 bands. */
  bins: number;
  /** Length of a clip. */
  seconds: number;
  /** Samples a second. */
  rate: number;
  /** Lowest edge of the lowest band and highest edge of the highest one, in Hz. */
  low: number;
  high: number;
}

/** What a front end makes of a clip. */
export interface TokenShape {
  /** Tokens of a line, or rows (frequency) and columns (time) of a grid. */
  grid: readonly [number] | readonly [number, number];
  tokens: number;
  /** Numbers in a token: frame by frame, from the lowest band to the highest. */
  length: number;
  /** Frames in a clip. */
  frames: number;
  /** Bands, or coefficients, of a frame. */
  bands: number;
  framesPerToken: number;
  bandsPerToken: number;
  /** Samples of a clip of full length. */
  samples: number;
  /** A clip with fewer samples cannot be cut. */
  fewestSamples: number;
}

/** @throws BadSettingError where the settings contradict each other */
export function tokenShape(frontEnd: FrontEnd): TokenShape {
  const { kind, bins } = frontEnd;
  const samples = Math.round(frontEnd.seconds * frontEnd.rate);
  if (frontEnd.features === 'mfcc' && bins > CEPSTRUM_BANDS) {
    throw new BadSettingError(`${bins} coefficients are too many: MFCC has ${CEPSTRUM_BANDS} at most.`);
  }
  const fewestSamples = fewestSamplesOf(frontEnd, samples);
  if (fewestSamples > samples) {
    const parts = kind === 'frames' ? 'one frame' : `${frontEnd.pieces} parts of ${bins} bins`;
    throw new BadSettingError(
      `Clips of ${frontEnd.seconds} s are too short for ${parts}: at least ${fewestSamples / frontEnd.rate} s.`,
    );
  }
  const framesPerToken = kind === 'frames' ? 1 : frontEnd.framesPerToken;
  const inTime = kind === 'frames' ? speechFrames(samples) : frontEnd.pieces;
  const bandsPerToken = kind === 'patches' ? PATCH : bins;
  const rows = bins / bandsPerToken;
  return {
    grid: kind === 'patches' ? [rows, inTime] : [inTime],
    tokens: inTime * rows,
    length: framesPerToken * bandsPerToken,
    frames: inTime * framesPerToken,
    bands: bins,
    framesPerToken,
    bandsPerToken,
    samples,
    fewestSamples,
  };
}

function fewestSamplesOf(frontEnd: FrontEnd, samples: number): number {
  const { kind, features, pieces, framesPerToken, bins } = frontEnd;
  switch (kind) {
    case 'pieces':
      return pieces * (bandsHoldBins(frontEnd, SHORT_WINDOW) ? SHORT_WINDOW : SHORTEST_FINE_PIECE);
    case 'frames':
      return Math.max(samples, SPEECH_WINDOW);
    case 'patches':
      if (features === 'mfcc') throw new BadSettingError('Patches need mel bands: coefficients of MFCC have no neighbours.');
      if (bins % PATCH !== 0) throw new BadSettingError(`${bins} bands cannot be cut into patches of ${PATCH}.`);
      return Math.max(LONG_WINDOW, pieces * framesPerToken * SMALLEST_HOP);
    case 'running':
      return Math.max(LONG_WINDOW, pieces * framesPerToken * SMALLEST_HOP);
  }
  return kind satisfies never;
}

function bandsHoldBins(frontEnd: FrontEnd, size: number): boolean {
  return bandsFit(bandsOf(frontEnd), size, frontEnd.rate, frontEnd.low, frontEnd.high);
}

/** Mel bands that are computed. */
export function bandsOf({ features, bins }: Pick<FrontEnd, 'features' | 'bins'>): number {
  return features === 'mfcc' ? CEPSTRUM_BANDS : bins;
}

/** Where the frames of one clip lie. */
export interface Framing {
  /** (frames) first sample of each. */
  starts: Int32Array;
  /** Samples of a frame. */
  window: number;
  /** Samples of the transform. */
  size: number;
}

/**
 * The frames of a clip of `samples` samples. Halves are rounded up.
 *
 * @throws BadSettingError where the clip is too short, as may be where a low rate of the files brings bands close together
 */
export function framing(frontEnd: FrontEnd, samples: number): Framing {
  const { frames, fewestSamples } = tokenShape(frontEnd);
  if (samples < fewestSamples) throw tooShort(frontEnd, samples, fewestSamples);
  switch (frontEnd.kind) {
    case 'pieces':
      return pieceFraming(samples, frontEnd.pieces, frontEnd.framesPerToken);
    case 'frames':
      return { starts: Int32Array.from({ length: frames }, (_, i) => i * SPEECH_HOP), window: SPEECH_WINDOW, size: LONG_WINDOW };
    case 'running':
    case 'patches':
      return { starts: spread(frames, samples - LONG_WINDOW), window: LONG_WINDOW, size: LONG_WINDOW };
  }
  return frontEnd.kind satisfies never;
}

function tooShort({ rate, bins, low, high }: FrontEnd, samples: number, fewest: number): BadSettingError {
  const seconds = (some: number): string => (some / rate).toFixed(2);
  return new BadSettingError(
    `A clip of ${seconds(samples)} s is too short for ${bins} bands between ${low} and ${high} Hz: it needs ${seconds(fewest)} s. Use fewer bands or pieces.`,
  );
}

function pieceFraming(samples: number, pieces: number, framesPerPiece: number): Framing {
  const piece = Math.floor(samples / pieces);
  // Here the piece has room for frames of the long window that differ.
  const window = piece >= SHORTEST_FINE_PIECE ? LONG_WINDOW : SHORT_WINDOW;
  const inside = spread(framesPerPiece, piece - window);
  const first = pieceStarts(samples, pieces);
  const starts = new Int32Array(pieces * framesPerPiece);
  for (let i = 0; i < starts.length; i++) starts[i] = first[Math.floor(i / framesPerPiece)] + inside[i % framesPerPiece];
  return { starts, window, size: window };
}

/** `count` whole numbers evenly from 0 to `last`; one alone stands in the middle. */
function spread(count: number, last: number): Int32Array {
  if (count === 1) return Int32Array.of(Math.round(last / 2));
  return Int32Array.from({ length: count }, (_, i) => Math.round((i * last) / (count - 1)));
}

/** (pieces + 1) first sample of every piece, and the clip's end. */
export function pieceStarts(samples: number, pieces: number): Int32Array {
  return Int32Array.from({ length: pieces + 1 }, (_, k) => Math.floor((k * samples) / pieces));
}

/** Which frame and band each of the tokens * length numbers of a clip is of. */
export interface TokenLayout {
  frameOf: Uint16Array;
  bandOf: Uint16Array;
}

/**
 * On a line: token by token, frame by frame, band by band. On a grid as in a picture of the sound, time to the right and pitch upwards:
 * the highest bands come first, and patches, like the numbers in them, go row by row (methods 0).
 */
export function tokenLayout(shape: TokenShape): TokenLayout {
  const { tokens, length, bands, frames, framesPerToken, bandsPerToken } = shape;
  const frameOf = new Uint16Array(tokens * length);
  const bandOf = new Uint16Array(tokens * length);
  const columns = frames / framesPerToken;
  for (let i = 0; i < frameOf.length; i++) {
    const token = Math.floor(i / length);
    const inside = i % length;
    if (bandsPerToken === bands) {
      frameOf[i] = token * framesPerToken + Math.floor(inside / bands);
      bandOf[i] = inside % bands;
    } else {
      const row = Math.floor(token / columns) * bandsPerToken + Math.floor(inside / framesPerToken);
      frameOf[i] = (token % columns) * framesPerToken + (inside % framesPerToken);
      bandOf[i] = bands - 1 - row;
    }
  }
  return { frameOf, bandOf };
}
