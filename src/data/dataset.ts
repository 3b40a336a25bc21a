/** Puts decoded pictures together as a data set, and sets some aside for testing. */
import { Random } from '../base/random.ts';
import { naturalCompare } from './files.ts';
import { type Fingerprint, type PrintedSample, printSet } from './fingerprint.ts';
import type { PictureSet } from './pictures.ts';
import type { Dataset } from './samples.ts';
import type { Split } from './splitWords.ts';
import { stratifiedOrder } from './stratify.ts';

/** A picture at the size and with the channels of its data set. */
export interface LoadedPicture extends PrintedSample {
  /** (size, size, channels). */
  pixels: Uint8Array;
  split: Split | undefined;
  /** What is held out is spread over these. */
  stratum: string | undefined;
}

export interface Assembly {
  name: string;
  size: number;
  channels: 1 | 3;
  /** Decides which pictures are held out where no split was given. */
  seed: number;
}

/** With fewer pictures than this, testing on some of them would tell nothing. */
const FEWEST_TO_SPLIT = 10;
const HELD_OUT_SHARE = 0.1;
const MOST_HELD_OUT = 1000;

/**
 * A data set of at least one picture, in the order given. A given split is kept when both sides have pictures; else a tenth
 * is held out, drawn from the seed and spread over the classes. Takes the pixels out of `pictures` as it goes, so that they
 * are not in memory twice.
 */
export function assembleDataset(pictures: LoadedPicture[], { name, size, channels, seed }: Assembly): Dataset {
  const classes = [...new Set(pictures.flatMap(({ className }) => className ?? []))].sort(naturalCompare);
  const isHeldOut = chooseHeldOut(pictures, seed);
  const fingerprint: Fingerprint = {
    all: printSet(pictures),
    heldOut: isHeldOut === undefined ? null : printSet(pictures.filter((_, i) => isHeldOut[i])),
  };
  const set = (chosen: LoadedPicture[]) => takeSet(chosen, size, channels, classes);
  const heldOutIsTrain = isHeldOut === undefined;
  const train = set(pictures.filter((_, i) => heldOutIsTrain || !isHeldOut[i]));
  const heldOut = heldOutIsTrain ? train : set(pictures.filter((_, i) => isHeldOut[i]));
  return { name, train, heldOut, heldOutIsTrain, fingerprint };
}

/** Which pictures are held out; undefined when there are too few to set any aside. */
function chooseHeldOut(pictures: readonly LoadedPicture[], seed: number): boolean[] | undefined {
  const given = pictures.map(({ split }) => split === 'heldOut');
  if (given.includes(true) && given.includes(false)) return given;
  if (pictures.length < FEWEST_TO_SPLIT) return undefined;
  const count = Math.min(MOST_HELD_OUT, Math.max(1, Math.round(pictures.length * HELD_OUT_SHARE)));
  const order = stratifiedOrder(pictures.length, (i) => pictures[i]?.stratum, new Random(seed, 'heldOut'));
  const drawn = new Set(order.slice(0, count));
  return pictures.map((_, i) => drawn.has(i));
}

function takeSet(chosen: readonly LoadedPicture[], size: number, channels: 1 | 3, classes: string[]): PictureSet {
  const length = size * size * channels;
  const pixels = new Uint8Array(chosen.length * length);
  for (const [i, picture] of chosen.entries()) {
    pixels.set(picture.pixels, i * length);
    picture.pixels = new Uint8Array(0);
  }
  const set: PictureSet = { modality: 'picture', pixels, count: chosen.length, size, channels, classes };
  // Test pictures may come without labels where those of training have some.
  if (classes.length === 0 || chosen.some(({ className }) => className === undefined)) return set;
  const indexOf = new Map(classes.map((name, i) => [name, i]));
  return { ...set, labels: Uint16Array.from(chosen, ({ className }) => indexOf.get(className ?? '') ?? 0) };
}
