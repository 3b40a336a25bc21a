/** Where samples come from: what the page holds, files, the camera, the microphone, the keyboard. */
import type { Bringing, Say, Show } from './bring/bringing.ts';
import { pictures } from './bring/pictures.ts';
import { sounds } from './bring/sounds.ts';
import { texts } from './bring/texts.ts';
import type { DemoInput, Manifest } from './manifest.ts';

/** @param input of the manifest, or of one of its senses */
export function bringingOf(manifest: Manifest, input: DemoInput, show: Show, say: Say): Bringing {
  switch (input.sense) {
    case 'picture':
      return pictures(manifest, input, show, say);
    case 'sound':
      return sounds(manifest, input, show, say);
    case 'text':
      return texts(manifest, input, show);
  }
  return input satisfies never;
}
