/** Opens a sound file of a kind that is decoded here. Decoders that are more than a few lines are fetched when first needed. */
import { fetched } from './decoderError.ts';
import { afterTag, type BrowserFormat, type ReadFormat } from './formats.ts';
import type { OpenedSound } from './waveform.ts';

const OPEN: Record<ReadFormat | BrowserFormat, (bytes: Uint8Array) => Promise<OpenedSound>> = {
  WAV: async (bytes) => {
    const content = (await fetched(() => import('./wav.ts'))).openWav(bytes);
    return content.kind === 'samples' ? content.sound : (await fetched(() => import('./mpeg.ts'))).openMpeg(content.bytes);
  },
  AIFF: async (bytes) => (await fetched(() => import('./aiff.ts'))).openAiff(bytes),
  AU: async (bytes) => (await fetched(() => import('./aiff.ts'))).openAu(bytes),
  MP3: async (bytes) => (await fetched(() => import('./mpeg.ts'))).openMpeg(bytes),
  FLAC: async (bytes) => (await fetched(() => import('./flac/flac.ts'))).openFlac(bytes),
  'Ogg FLAC': async (bytes) => (await fetched(() => import('./ogg/oggFlac.ts'))).openOggFlac(bytes),
  'Ogg Vorbis': async (bytes) => (await fetched(() => import('./ogg/oggVorbis.ts'))).openOggVorbis(bytes),
  'Ogg Opus': async (bytes) => (await fetched(() => import('./ogg/oggOpus.ts'))).openOggOpus(bytes),
  MP4: openInBrowser,
  AAC: openInBrowser,
  WebM: openInBrowser,
};

async function openInBrowser(bytes: Uint8Array): Promise<OpenedSound> {
  return (await fetched(() => import('./inBrowser.ts'))).openInBrowser(bytes);
}

/** Throws anything when the header is damaged; BadDataError when there is more to say; DecoderError where it is not the file. */
export function openSound(bytes: Uint8Array, format: ReadFormat | BrowserFormat): Promise<OpenedSound> {
  return OPEN[format](afterTag(bytes));
}
