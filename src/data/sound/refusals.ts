/** Why kinds of sound are not read here, in words. */
import type { SoundFormat } from './formats.ts';

const CONVERT = 'save it as WAV, FLAC, MP3 or Ogg first.';

const READ: readonly SoundFormat[] = ['WAV', 'AIFF', 'AU', 'MP3', 'FLAC', 'Ogg FLAC', 'Ogg Vorbis', 'Ogg Opus'];
const BROWSER: readonly SoundFormat[] = ['MP4', 'AAC', 'WebM'];

/** The reason why a format is not read, or undefined when it is. */
export function refusalOf(format: SoundFormat): string | undefined {
  if (READ.includes(format)) return undefined;
  if (BROWSER.includes(format)) {
    if ('AudioDecoder' in globalThis) return undefined;
    return `is in the ${format} format, which only the page decodes: convert it first, with ffmpeg -i FILE FILE.wav`;
  }
  if (format === 'MIDI') return 'is a MIDI file: it holds notes, not sound. Record them as WAV first.';
  if (format === 'Theora') return `is a video: ${CONVERT}`;
  return `is in the ${format} format, which is not decoded here: ${CONVERT}`;
}
