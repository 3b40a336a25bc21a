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

/** Which set is drawn. */
export interface WantedPictures {
  name: BuiltInPictures;
  /** Side in pixels. */
  size: number;
  seed: number;
}

/** A set of every split. */
export interface DrawnSets {
  train: PictureSet & { labels: Uint16Array };
  heldOut: PictureSet & { labels: Uint16Array };
}

/** Where sets lie that were drawn before. Nothing here is worth an error: what is not found is drawn. */
export interface PictureShelf {
  read(wanted: WantedPictures): Promise<DrawnSets | undefined>;
  write(wanted: WantedPictures, sets: DrawnSets): Promise<void>;
}

/** From the shelf, or else drawn, and put there. */
export async function drawnBefore(wanted: WantedPictures, onProgress?: DrawProgress, shelf?: PictureShelf): Promise<DrawnSets> {
  const known = await shelf?.read(wanted);
  if (known !== undefined) return known;
  const sets = await drawPictures(wanted, onProgress);
  // Nobody waits for it.
  void shelf?.write(wanted, sets);
  return sets;
}

/** Picture i of a split depends on (seed, name, split, i) only. */
async function drawPictures({ name, size, seed }: WantedPictures, onProgress?: DrawProgress): Promise<DrawnSets> {
  const sets = blankSets({ name, size });
  const total = sets.train.count + sets.heldOut.count;
  const drawSplit = async (split: 'train' | 'heldOut', before: number): Promise<void> => {
    const { pixels, labels, count, channels } = sets[split];
    for (let i = 0; i < count; i++) {
      const picture = drawPicture(name, size, new Random(seed, name, split, i));
      pixels.set(picture.pixels, i * size * size * channels);
      labels[i] = picture.label;
      if ((before + i + 1) % PROGRESS_EVERY === 0) await onProgress?.(before + i + 1, total);
    }
  };
  await drawSplit('train', 0);
  await drawSplit('heldOut', sets.train.count);
  return sets;
}

/** Sets as they are before anything is drawn: black, and all of the first class. */
export function blankSets({ name, size }: Omit<WantedPictures, 'seed'>): DrawnSets {
  const { channels, classes } = SOURCES[name];
  const counts = pictureCounts(size, channels);
  const blank = (count: number): DrawnSets['train'] => ({
    modality: 'picture',
    pixels: new Uint8Array(count * size * size * channels),
    count,
    size,
    channels,
    labels: new Uint16Array(count),
    classes: [...classes],
  });
  return { train: blank(counts.train), heldOut: blank(counts.heldOut) };
}

/** As many as of every built-in set, or as fit into memory, in the same proportion. */
function pictureCounts(size: number, channels: number): { train: number; heldOut: number } {
  const { train, heldOut } = BUILT_IN_COUNTS;
  const share = Math.min(1, MOST_BYTES / (size * size * channels * (train + heldOut)));
  return { train: Math.floor(train * share), heldOut: Math.floor(heldOut * share) };
}
