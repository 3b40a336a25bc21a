/** Opens a sound file of a kind that is decoded here. Decoders that are more than a few lines are fetched when first needed. */
import { afterTag, type BrowserFormat, type ReadFormat } from './formats.ts';
import type { OpenedSound } from './waveform.ts';

const OPEN: Record<ReadFormat | BrowserFormat, (bytes: Uint8Array) => Promise<OpenedSound>> = {
  WAV: async (bytes) => {
    const content = (await import('./wav.ts')).openWav(bytes);
    return content.kind === 'samples' ? content.sound : (await import('./mpeg.ts')).openMpeg(content.bytes);
  },
  AIFF: async (bytes) => (await import('./aiff.ts')).openAiff(bytes),
  AU: async (bytes) => (await import('./aiff.ts')).openAu(bytes),
  MP3: async (bytes) => (await import('./mpeg.ts')).openMpeg(bytes),
  FLAC: async (bytes) => (await import('./flac/flac.ts')).openFlac(bytes),
  'Ogg FLAC': async (bytes) => (await import('./ogg/oggFlac.ts')).openOggFlac(bytes),
  'Ogg Vorbis': async (bytes) => (await import('./ogg/oggVorbis.ts')).openOggVorbis(bytes),
  'Ogg Opus': async (bytes) => (await import('./ogg/oggOpus.ts')).openOggOpus(bytes),
  MP4: openInBrowser,
  AAC: openInBrowser,
  WebM: openInBrowser,
};

async function openInBrowser(bytes: Uint8Array): Promise<OpenedSound> {
  return (await import('./inBrowser.ts')).openInBrowser(bytes);
}

/** Throws anything when the header is damaged; BadDataError when there is more to say. */
export function openSound(bytes: Uint8Array, format: ReadFormat | BrowserFormat): Promise<OpenedSound> {
  return OPEN[format](afterTag(bytes));
}
