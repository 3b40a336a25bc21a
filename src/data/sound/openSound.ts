/** Opens a sound file of a kind that is decoded here. Decoders that are more than a few lines are fetched when first needed. */
import { invariant } from '../../base/invariant.ts';
import type { SoundFormat } from './formats.ts';
import { openWav } from './wav.ts';
import type { OpenedSound } from './waveform.ts';

/** Throws anything when the header is damaged; BadDataError when there is more to say. */
export async function openSound(bytes: Uint8Array, format: SoundFormat): Promise<OpenedSound> {
  switch (format) {
    case 'WAV': {
      const content = openWav(bytes);
      invariant(content.kind === 'samples', 'MPEG');
      return content.sound;
    }
    default:
      throw new Error(`no decoder for ${format}`);
  }
}
