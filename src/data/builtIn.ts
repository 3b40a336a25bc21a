/** The data sets that Patchwork makes by itself: the same seed gives the same samples in a browser and in Node. */
import {
  BUILT_IN_COUNTS,
  BUILT_IN_PICTURES,
  BUILT_IN_TEXTS,
  type BuiltInDataset,
  type BuiltInPictures,
  type BuiltInSounds,
  type BuiltInTexts,
  DATASET_LABELS,
} from '../config/datasets.ts';
import type { SampleForm } from '../config/modalities.ts';
import { type DrawProgress, drawnBefore, type PictureShelf } from './builtInPictures.ts';
import { drawnPairs } from './pairs/pairedSet.ts';
import type { Dataset } from './samples.ts';
import { synthesisedSet } from './sound/soundSet.ts';
import { SOUND_SETS } from './sound/synth/soundSets.ts';
import { writtenSets } from './text/writtenSets.ts';

/** Pictures are drawn at once, where they do not lie on the shelf; sounds and texts are made when they are asked for. */
export async function builtInDataset(
  name: BuiltInDataset,
  { picture, sound, text, pair }: SampleForm,
  seed: number,
  onProgress?: DrawProgress,
  shelf?: PictureShelf,
): Promise<Dataset> {
  if (name === 'pairs') return { name: DATASET_LABELS[name], ...drawnPairs(pair, seed), heldOutIsTrain: false };
  const sets = isPictures(name)
    ? await drawnBefore({ name, size: picture.size, seed }, onProgress, shelf)
    : isTexts(name)
      ? writtenSets(name, text, seed)
      : synthesise(name, sound.seconds, seed);
  return { name: DATASET_LABELS[name], ...sets, heldOutIsTrain: false };
}

function isPictures(name: BuiltInDataset): name is BuiltInPictures {
  return BUILT_IN_PICTURES.some((known) => known === name);
}

function isTexts(name: BuiltInDataset): name is BuiltInTexts {
  return BUILT_IN_TEXTS.some((known) => known === name);
}

function synthesise(set: BuiltInSounds, seconds: number, seed: number): Pick<Dataset, 'train' | 'heldOut'> {
  const { classes } = SOUND_SETS[set];
  const split = (split: 'train' | 'heldOut') => synthesisedSet({ set, seed, split }, seconds, BUILT_IN_COUNTS[split], classes);
  return { train: split('train'), heldOut: split('heldOut') };
}
