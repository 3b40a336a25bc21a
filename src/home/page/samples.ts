/** Something to begin with: samples of built-in sets. Of somebody's own files there is nothing, as pages are given to others. */
import { Random } from '../../base/random.ts';
import { BUILT_IN_PICTURES, BUILT_IN_SOUNDS, BUILT_IN_TEXTS } from '../../config/datasets.ts';
import type { RunConfig } from '../../config/run.ts';
import { drawPicture } from '../../data/builtInPictures.ts';
import { soundClip } from '../../data/sound/synth/soundSets.ts';
import { storyText } from '../../data/text/builtInTexts.ts';
import { toBase64 } from '../../demo/half.ts';
import type { DemoSample, Manifest } from '../../demo/manifest.ts';
import { demoPairs } from './senses.ts';

const PICTURES = 8;
const SOUNDS = 5;
const TEXTS = 5;
/** Not among those that a run learns from. */
const SPLIT = 'heldOut';

export function demoSamples(config: RunConfig, input: Manifest['input']): DemoSample[] {
  if (input.sense === 'several') return demoPairs(config);
  const { data, optimiser, sound } = config;
  const { dataset } = data;
  const { seed } = optimiser;
  const pictures = BUILT_IN_PICTURES.find((name) => name === dataset);
  if (pictures !== undefined && input.sense === 'picture') {
    return times(PICTURES, (i) => ({
      data: toBase64(drawPicture(pictures, input.size, new Random(seed, pictures, SPLIT, i)).pixels),
    }));
  }
  const sounds = BUILT_IN_SOUNDS.find((name) => name === dataset);
  if (sounds !== undefined) {
    return times(SOUNDS, (i) => {
      const { samples } = soundClip(sounds, seed, SPLIT, i, sound.seconds);
      return { data: toBase64(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength)) };
    });
  }
  const texts = BUILT_IN_TEXTS.find((name) => name === dataset);
  return texts === undefined ? [] : times(TEXTS, (i) => ({ data: storyText(texts, seed, SPLIT, i) }));
}

function times<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i));
}
