/** Which kinds of sound are decoded, and why others are not, in words. */
import { BadDataError } from '../../base/errors.ts';
import type { BrowserFormat, ReadFormat, SoundFormat } from './formats.ts';

const CONVERT = 'save it as WAV, FLAC, MP3 or Ogg first.';

const OWN: ReadonlySet<SoundFormat> = new Set<ReadFormat>([
  'WAV',
  'AIFF',
  'AU',
  'MP3',
  'FLAC',
  'Ogg FLAC',
  'Ogg Vorbis',
  'Ogg Opus',
]);
/** Left to the browser, whose decoders a worker can call; Node has none. */
const BROWSER: ReadonlySet<SoundFormat> = new Set<BrowserFormat>(['MP4', 'AAC', 'WebM']);

const EXAMPLE: Record<BrowserFormat, string> = { MP4: 'sound.m4a', AAC: 'sound.aac', WebM: 'sound.webm' };

const REASONS: Partial<Record<SoundFormat, string>> = {
  MIDI: 'is a MIDI file: it holds notes, not sound. Play it into a WAV file first.',
  Theora: `is a video: ${CONVERT}`,
};

/** The format, if it is decoded here. Throws BadDataError when it is not. */
export function decodable(format: SoundFormat): ReadFormat | BrowserFormat {
  if (isOwn(format)) return format;
  if (!isBrowser(format))
    throw new BadDataError(REASONS[format] ?? `is in the ${format} format, which is not decoded here: ${CONVERT}`);
  if ('AudioDecoder' in globalThis) return format;
  throw new BadDataError(
    `is in the ${format} format, which only browsers decode: convert it first, for instance with "ffmpeg -i ${EXAMPLE[format]} sound.wav".`,
  );
}

function isOwn(format: SoundFormat): format is ReadFormat {
  return OWN.has(format);
}

function isBrowser(format: SoundFormat): format is BrowserFormat {
  return BROWSER.has(format);
}
