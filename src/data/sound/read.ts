/** From the bytes of a sound file to a waveform. Runs in a worker and in Node, and gives the same samples in both. */
import { BadDataError } from '../../base/errors.ts';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import { isNamedLikeSound } from '../fileNames.ts';
import { countText, sizeText } from '../wording.ts';
import { DecoderError } from './decoderError.ts';
import { type BrowserFormat, type ReadFormat, recogniseSound, type SoundFormat } from './formats.ts';
import { checkSound, Intake } from './intake.ts';
import { level } from './level.ts';
import { SOUND_LIMITS } from './limits.ts';
import { openSound } from './openSound.ts';
import { decodable } from './refusals.ts';
import type { OpenedSound, Waveform } from './waveform.ts';

export interface ReadSound {
  /** One channel at 16 kHz, at the same loudness for every file. */
  waveform: Waveform;
  /** Samples a second in the file; the lowest where it changes. */
  rate: number;
  /** Only where the file is damaged or cut off: what was read of it, and how long it says that it is where it says so. */
  shortened?: Shortened;
}

export interface Shortened {
  seconds: number;
  ofSeconds: number | undefined;
}

/** Headers are a little wrong, and decoders lose or add a little at the ends; only what is more is worth a word. */
const NOTABLE_SECONDS = 0.1;
const NOTABLE_DAMAGE_SECONDS = 0.01;

/**
 * Throws BadDataError with the reason (which does not name the file) when it is no sound, too long, damaged from the start, silent,
 * or of a kind that is not decoded here. `onProgress` hears how many seconds have been decoded, several times a second; whoever
 * wants to set a time limit can take its silence for a hang.
 */
export async function readSound(bytes: Uint8Array, name: string, onProgress?: (seconds: number) => void): Promise<ReadSound> {
  const format = soundFormat(bytes, name);
  const opened = await explained(format, () => openSound(bytes, format));
  checkHeader(opened);
  const intake = new Intake();
  const damaged = await explained(format, () => takeIn(opened, intake, onProgress));
  if (intake.seconds === 0) throw new BadDataError(damaged ? undecodable(format) : 'holds no sound: it ends after its header.');
  const { samples, rate, audible } = intake.end();
  if (!level(samples)) {
    throw new BadDataError(audible > 1 ? 'is silent when its channels are added: save one of them.' : 'is silent.');
  }
  const { seconds } = opened;
  const notable = damaged ? NOTABLE_DAMAGE_SECONDS : NOTABLE_SECONDS;
  const missing = seconds === undefined ? damaged : seconds - intake.seconds > notable;
  return {
    waveform: { samples, rate: SOUND_RATE },
    rate,
    ...(missing ? { shortened: { seconds: intake.seconds, ofSeconds: seconds } } : {}),
  };
}

function soundFormat(bytes: Uint8Array, name: string): ReadFormat | BrowserFormat {
  if (bytes.length === 0) throw new BadDataError('is empty (0 bytes).');
  if (bytes.length > SOUND_LIMITS.fileBytes) {
    throw new BadDataError(`is ${sizeText(bytes.length)} large: ${sizeText(SOUND_LIMITS.fileBytes)} are the most that is read.`);
  }
  const format = recogniseSound(bytes, name);
  if (format === undefined) {
    throw new BadDataError(
      isNamedLikeSound(name)
        ? 'is named like a sound, but does not hold one: it is damaged, or something else renamed.'
        : 'is not a sound.',
    );
  }
  return decodable(format);
}

/** What the header says is checked before anything is decoded. */
function checkHeader({ rate, channelCount, seconds, secondsThere }: OpenedSound): void {
  checkSound(rate, channelCount);
  const length = Math.min(seconds ?? 0, secondsThere ?? Number.POSITIVE_INFINITY);
  if (length > SOUND_LIMITS.seconds) {
    throw new BadDataError(
      `is ${countText(Math.round(length / 60))} minutes long: ${SOUND_LIMITS.seconds / 60} are the most that is read. Cut it first.`,
    );
  }
}

/** Returns whether the decoder gave up after something had come out of it. */
async function takeIn(opened: OpenedSound, intake: Intake, onProgress?: (seconds: number) => void): Promise<boolean> {
  try {
    for await (const block of opened.blocks()) {
      intake.push(block);
      onProgress?.(intake.seconds);
    }
    return false;
  } catch (error) {
    if (error instanceof BadDataError || intake.seconds === 0) throw error;
    return true;
  }
}

async function explained<T>(format: SoundFormat, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof BadDataError || error instanceof DecoderError) throw error;
    throw new BadDataError(undecodable(format));
  }
}

function undecodable(format: SoundFormat): string {
  return `cannot be decoded as ${format}: it is damaged, cut off, or of a rare kind.`;
}
