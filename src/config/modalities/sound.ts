/** Sounds: clips of one length, cut into pieces of time (sound.md 0). Every number of a token is of log-mel, or of MFCC. */
import { choice, type FieldTable, type Values } from '../field.ts';
import { LIMITS } from '../limits.ts';
import type { Problem } from '../problem.ts';
import type { ModalityFacts } from './facts.ts';
import type { Grid } from './tokens.ts';

/** Samples a second that everything is brought to. */
export const SOUND_RATE = 16_000;
/** Frames of speech recognition: 30 ms, every 10. */
export const SPEECH_WINDOW = 480;
export const SPEECH_HOP = 160;
/** Frames of a clip where they run through it. */
const RUNNING_FRAMES = 64;
/** Samples from one of these to the next, at least. */
export const SMALLEST_HOP = 64;
/** Sides of a patch, in bands and in frames. */
export const PATCH = 8;
/** Pieces from here on have room for a fourth frame: 128 ms. */
const LONG_PIECE = 2048;
/** A piece holds a window of 16 ms at least, which tells 40 bands apart, or frames of 32 ms. */
export const SHORTEST_PIECE = 256;
export const SHORTEST_FINE_PIECE = 768;
const COARSE_BANDS = 40;

const PIECES = [8, 16, 32, 64];
export const [FEWEST_PIECES] = PIECES;

export const SOUND_FIELDS = {
  seconds: choice({
    label: 'Clip length',
    help: 'Longer sounds are cut into clips of this length; shorter ones are used as they are, never padded or repeated.',
    options: [0.512, 1.024, 2.048, 4.096].map((value) => ({ value, label: `${value} s` })),
    default: 1.024,
  }),
  tokens: choice({
    label: 'Tokens',
    help: 'What a clip is cut into: pieces that share no sample (for puzzles), frames that run through it (for painting), patches of time and pitch, or single frames of speech.',
    options: [
      { value: 'pieces', label: 'pieces' },
      { value: 'running', label: 'running frames', short: 'running' },
      { value: 'patches', label: 'patches of 8 bands x 8 frames', short: 'patches' },
      { value: 'frames', label: 'frames of 30 ms, every 10 ms', short: 'single frames' },
    ],
    default: 'pieces',
  }),
  pieces: choice({
    label: 'Pieces',
    help: 'Tokens of one clip, for pieces and running frames: more and shorter ones make a harder puzzle.',
    options: PIECES.map((value) => ({ value, label: String(value) })),
    default: 16,
  }),
  features: choice({
    label: 'Features',
    help: 'The numbers of a frame: energies of mel bands, as the ear hears them, or their cepstrum, as speech recognition has it.',
    options: [
      { value: 'log-mel', label: 'log-mel bands', short: 'log-mel' },
      { value: 'mfcc', label: 'MFCC of 64 bands', short: 'MFCC' },
    ],
    default: 'log-mel',
  }),
  bins: choice({
    label: 'Bands',
    help: 'Numbers of one frame: mel bands, or coefficients of MFCC.',
    options: [24, 40, 64, 80].map((value) => ({ value, label: String(value) })),
    default: 40,
  }),
} as const satisfies FieldTable;

export type SoundSettings = Values<typeof SOUND_FIELDS>;

interface Config {
  sound: SoundSettings;
}

/** Frames in each part of a clip: a piece, a stretch of running frames, the width of a patch. */
export function framesPerToken({ tokens, pieces, seconds }: SoundSettings): number {
  switch (tokens) {
    case 'pieces':
      return (seconds * SOUND_RATE) / pieces >= LONG_PIECE ? 4 : 3;
    case 'running':
      return RUNNING_FRAMES / pieces;
    case 'patches':
      return PATCH;
    case 'frames':
      return 1;
  }
  return tokens satisfies never;
}

/** Parts of a clip in time. */
export function partsInTime({ tokens, pieces, seconds }: SoundSettings): number {
  switch (tokens) {
    case 'pieces':
    case 'running':
      return pieces;
    case 'patches':
      return RUNNING_FRAMES / PATCH;
    case 'frames':
      return speechFrames(Math.round(seconds * SOUND_RATE));
  }
  return tokens satisfies never;
}

/** Frames of speech in so many samples. */
export function speechFrames(samples: number): number {
  return 1 + Math.floor((samples - SPEECH_WINDOW) / SPEECH_HOP);
}

/** Samples that a clip has at least, so that it can be cut as the settings say. */
export function fewestSamples(settings: SoundSettings): number {
  switch (settings.tokens) {
    case 'pieces':
      return settings.pieces * shortestPiece(settings);
    case 'running':
    case 'patches':
      return RUNNING_FRAMES * SMALLEST_HOP;
    case 'frames':
      return Math.round(settings.seconds * SOUND_RATE);
  }
  return settings.tokens satisfies never;
}

/** Samples that a piece has at least. */
function shortestPiece({ features, bins }: SoundSettings): number {
  return features === 'mfcc' || bins > COARSE_BANDS ? SHORTEST_FINE_PIECE : SHORTEST_PIECE;
}

/** Patches make a picture, the highest bands in its first row and time to the right; everything else lies on a line. */
function gridOf(settings: SoundSettings): Grid {
  const parts = partsInTime(settings);
  return settings.tokens === 'patches' ? [settings.bins / PATCH, parts] : [parts];
}

/** What sounds are made for. */
export type SoundForm = Pick<SoundSettings, 'seconds'>;

export function soundForm({ seconds }: SoundSettings): SoundForm {
  return { seconds };
}

/** What tokens are called that are no pieces. */
const CALLED = {
  pieces: {},
  running: {},
  patches: { token: 'patch', tokens: 'patches' },
  frames: { token: 'frame', tokens: 'frames' },
} as const;

export const sound: ModalityFacts<Config> = {
  words: {
    sample: 'sound',
    samples: 'sounds',
    counted: 'clip',
    token: 'piece',
    tokens: 'pieces',
    value: 'number',
    mean: 'mean spectrum',
  },
  wordsFor: ({ sound: { tokens } }) => CALLED[tokens],
  fields: SOUND_FIELDS,
  rare: ['sound.features'],
  idle: {
    'sound.pieces': ({ sound: { tokens } }) =>
      tokens === 'patches' || tokens === 'frames' ? `not for ${tokens === 'frames' ? 'single frames' : tokens}` : undefined,
  },
  form: ({ sound: { seconds } }) => `${seconds} s`,
  grid: ({ sound }) => gridOf(sound),
  cutBy: ['sound.tokens', 'sound.pieces', 'sound.bins', 'sound.features', 'sound.seconds'],
  layout: ({ sound }) => (sound.tokens === 'patches' ? [PATCH, PATCH, 1] : [framesPerToken(sound), sound.bins, 1]),
  axes: [
    { axis: 0, words: (frames) => `reads tokens of ${frames} frames` },
    { axis: 1, words: (bands) => `reads frames of ${bands} numbers`, path: 'sound.bins' },
    { axis: 2, words: (channels) => `reads ${channels === 1 ? 'sounds' : 'colour pictures'}` },
  ],
  guess: () => ({ channels: 1 }),
  cut: ({ sound }) => {
    const tokens = gridOf(sound).join(' x ');
    return {
      pieces: `${tokens} pieces`,
      running: `${tokens} running pieces`,
      patches: `${tokens} patches`,
      frames: `${tokens} frames`,
    }[sound.tokens];
  },
  whole: {},
  meaning: ['sound.features'],
  problem({ sound: settings }): Problem | undefined {
    const { tokens, pieces, seconds, features, bins } = settings;
    if (features === 'mfcc' && bins > 64) {
      return { path: 'sound.bins', others: ['sound.features'], message: `MFCC has 64 coefficients at most, not ${bins}.` };
    }
    if (features === 'mfcc' && tokens === 'patches') {
      return {
        path: 'sound.tokens',
        others: ['sound.features'],
        message: 'Patches need mel bands: coefficients of MFCC have no neighbours.',
      };
    }
    const shortest = shortestPiece(settings);
    if (tokens === 'pieces' && (seconds * SOUND_RATE) / pieces < shortest) {
      return {
        path: 'sound.pieces',
        others: ['sound.seconds', 'sound.tokens', 'sound.bins', 'sound.features'],
        message: `${pieces} pieces of ${seconds} s are too short: with these bands a piece takes ${(1000 * shortest) / SOUND_RATE} ms at least.`,
      };
    }
    const count = gridOf(settings).reduce((all, side) => all * side, 1);
    if (count <= LIMITS.tokens) return undefined;
    return {
      path: 'sound.seconds',
      others: ['sound.tokens'],
      message: `${count} tokens are more than the ${LIMITS.tokens} that fit: take shorter clips, or another kind of token.`,
    };
  },
};
