/** The data sets that Patchwork draws by itself: the same seed gives the same bytes in a browser and in Node. */
import { Random } from '../base/random.ts';
import { BUILT_IN_COUNTS, type BuiltInDataset, DATASET_LABELS } from '../config/datasets.ts';
import { digits } from './digits.ts';
import type { Picture, PictureSource } from './drawing/source.ts';
import { faces } from './faces.ts';
import type { PictureSet } from './pictures.ts';
import type { Dataset } from './samples.ts';
import { scenes } from './scenes.ts';

const SOURCES: Readonly<Record<BuiltInDataset, PictureSource>> = { scenes, faces, digits };

/** Pictures drawn between two reports of progress. */
const PROGRESS_EVERY = 100;

type Progress = (done: number, total: number) => void | Promise<void>;

/** One picture of a data set. */
export function drawPicture(name: BuiltInDataset, size: number, random: Random): Picture {
  return SOURCES[name].draw(size, random);
}

/** Picture i of a split depends on (seed, name, split, i) only. */
export async function builtInDataset(name: BuiltInDataset, size: number, seed: number, onProgress?: Progress): Promise<Dataset> {
  const total = BUILT_IN_COUNTS.train + BUILT_IN_COUNTS.heldOut;
  const drawSplit = async (split: 'train' | 'heldOut', before: number): Promise<PictureSet> => {
    const { channels, classes } = SOURCES[name];
    const count = BUILT_IN_COUNTS[split];
    const length = size * size * channels;
    const pixels = new Uint8Array(count * length);
    const labels = new Uint16Array(count);
    for (let i = 0; i < count; i++) {
      const picture = drawPicture(name, size, new Random(seed, name, split, i));
      pixels.set(picture.pixels, i * length);
      labels[i] = picture.label;
      if ((before + i + 1) % PROGRESS_EVERY === 0) await onProgress?.(before + i + 1, total);
    }
    return { modality: 'picture', pixels, count, size, channels, labels, classes: [...classes] };
  };
  const train = await drawSplit('train', 0);
  const heldOut = await drawSplit('heldOut', BUILT_IN_COUNTS.train);
  return { name: DATASET_LABELS[name], train, heldOut, heldOutIsTrain: false };
}
