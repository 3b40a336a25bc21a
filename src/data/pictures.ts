import type { Fingerprint } from './fingerprint.ts';

/** Labelled or unlabelled square pictures of one size, ready to be cut into patches. */
export interface PictureSet {
  /** (count, size, size, channels), row-major, 0..255. */
  pixels: Uint8Array;
  count: number;
  /** Side in pixels. */
  size: number;
  channels: 1 | 3;
  /** Class of each picture as an index into `classes`; absent when the pictures came without labels. */
  labels?: Uint16Array;
  classes: string[];
}

/** What a run learns from and what it is tested on. */
export interface Dataset {
  /** Shown to people: "Scenes", "3 folders, 512 pictures". */
  name: string;
  train: PictureSet;
  heldOut: PictureSet;
  /** True when there were too few pictures to set some aside: the test pictures are then the training pictures. */
  heldOutIsTrain: boolean;
  /** Of pictures that somebody brought. */
  fingerprint?: Fingerprint;
}

/** A file that was not used, or only partly, and why. `name` is its path as a person would recognise it. */
export interface Refusal {
  name: string;
  reason: string;
  /** Where the line sums up: how many pictures were not used. Without it the line is of one file. */
  pictures?: number;
}

/** What became of the files that a person brought. */
export interface LoadReport {
  used: number;
  refused: Refusal[];
  /** What was made of folders and labels, a sentence each: what names the classes, and what is tested on. */
  notes: string[];
}

/** A class and how many pictures of it there are. */
export interface ClassCount {
  name: string;
  train: number;
  heldOut: number;
}

/** Every class with its pictures; none where there are no labels. Where nothing is held out the test pictures are those of training. */
export function countClasses({ train, heldOut, heldOutIsTrain }: Dataset): ClassCount[] {
  const counts = train.classes.map((name) => ({ name, train: 0, heldOut: 0 }));
  for (const label of train.labels ?? []) counts[label].train += 1;
  for (const label of (heldOutIsTrain ? undefined : heldOut.labels) ?? []) counts[label].heldOut += 1;
  return counts;
}

/** A view on picture `index`: (size, size, channels). */
export function pictureAt(set: PictureSet, index: number): Uint8Array {
  const length = set.size * set.size * set.channels;
  return set.pixels.subarray(index * length, (index + 1) * length);
}

/** A set of the pictures at `indices`, in that order. */
export function selectPictures(set: PictureSet, indices: readonly number[]): PictureSet {
  const { size, channels, classes, labels } = set;
  const length = size * size * channels;
  const pixels = new Uint8Array(indices.length * length);
  indices.forEach((index, i) => {
    pixels.set(pictureAt(set, index), i * length);
  });
  const selected: PictureSet = { pixels, count: indices.length, size, channels, classes };
  return labels === undefined ? selected : { ...selected, labels: Uint16Array.from(indices, (i) => labels[i]) };
}
