/** The pictures that Patchwork draws by itself: the same seed gives the same bytes in a browser and in Node. */
import { Random } from '../base/random.ts';
import { BUILT_IN_COUNTS, type BuiltInPictures } from '../config/datasets.ts';
import { digits } from './digits.ts';
import type { Picture, PictureSource } from './drawing/source.ts';
import { faces } from './faces.ts';
import type { PictureSet } from './pictures.ts';
import { scenes } from './scenes.ts';

const SOURCES: Readonly<Record<BuiltInPictures, PictureSource>> = { scenes, faces, digits };

/** Pictures drawn between two reports of progress. */
const PROGRESS_EVERY = 100;

/** Most bytes of pixels of one set: of large pictures there are fewer. */
const MOST_BYTES = 192 * 2 ** 20;

export type DrawProgress = (done: number, total: number) => void | Promise<void>;

/** One picture of a data set. */
export function drawPicture(name: BuiltInPictures, size: number, random: Random): Picture {
  return SOURCES[name].draw(size, random);
}

/** Picture i of a split depends on (seed, name, split, i) only. */
export async function drawPictures(
  name: BuiltInPictures,
  size: number,
  seed: number,
  onProgress?: DrawProgress,
): Promise<{ train: PictureSet; heldOut: PictureSet }> {
  const counts = pictureCounts(size, SOURCES[name].channels);
  const total = counts.train + counts.heldOut;
  const drawSplit = async (split: 'train' | 'heldOut', before: number): Promise<PictureSet> => {
    const { channels, classes } = SOURCES[name];
    const count = counts[split];
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
  const heldOut = await drawSplit('heldOut', counts.train);
  return { train, heldOut };
}

/** As many as of every built-in set, or as fit into memory, in the same proportion. */
function pictureCounts(size: number, channels: number): { train: number; heldOut: number } {
  const { train, heldOut } = BUILT_IN_COUNTS;
  const share = Math.min(1, MOST_BYTES / (size * size * channels * (train + heldOut)));
  return { train: Math.floor(train * share), heldOut: Math.floor(heldOut * share) };
}
