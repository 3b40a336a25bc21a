/** Labelled or unlabelled square pictures of one size, ready to be cut into patches. */
import type { Gallery } from './gallery.ts';
import type { Statistics } from './learnedStatistics.ts';
import { squarePixels } from './resize.ts';
import { isCount, labelsBehind, restoreCommon, type SampleSet, type StoredSet, selectLabels, storeCommon } from './sampleSet.ts';

export interface PictureSet extends SampleSet {
  modality: 'picture';
  /** (count, size, size, channels), row-major, 0..255. */
  pixels: Uint8Array;
  /** Side in pixels. */
  size: number;
  channels: 1 | 3;
  /** Mean and deviation of each channel that weights learned with; those of the pictures themselves where absent. */
  statistics?: Statistics;
}

/** A view on picture `index`: (size, size, channels). */
export function pictureAt(set: PictureSet, index: number): Uint8Array {
  const length = set.size * set.size * set.channels;
  return set.pixels.subarray(index * length, (index + 1) * length);
}

/** A set of the pictures at `indices`, in that order. */
export function selectPictures(set: PictureSet, indices: readonly number[]): PictureSet {
  const { modality, size, channels, classes, statistics } = set;
  const learned = statistics && { statistics };
  const length = size * size * channels;
  const pixels = new Uint8Array(indices.length * length);
  indices.forEach((index, i) => {
    pixels.set(pictureAt(set, index), i * length);
  });
  return { modality, pixels, count: indices.length, size, channels, classes, ...learned, ...selectLabels(set, indices) };
}

/** Pictures are drawn as they are. */
export function galleryOf({ size, statistics: _learned, ...set }: PictureSet): Gallery {
  return { ...set, width: size, height: size };
}

/** Pictures behind others of the same size; see `joinSamples`. */
export function joinPictures(first: PictureSet, second: PictureSet): PictureSet {
  const pixels = new Uint8Array(first.pixels.length + second.pixels.length);
  pixels.set(first.pixels);
  pixels.set(second.pixels, first.pixels.length);
  return { ...second, pixels, count: first.count + second.count, ...labelsBehind(first.count, second) };
}

export function pictureBuffers({ pixels, labels }: PictureSet): ArrayBufferLike[] {
  return [pixels.buffer, ...(labels === undefined ? [] : [labels.buffer])];
}

/** The same pictures with as many channels as others have; the set itself where it has them already. */
export function picturesLike(set: PictureSet, { channels }: PictureSet): PictureSet {
  if (set.channels === channels) return set;
  const { count, size } = set;
  const length = size * size * channels;
  const pixels = new Uint8Array(count * length);
  for (let i = 0; i < count; i++) {
    const raster = { width: size, height: size, channels: set.channels, data: pictureAt(set, i) };
    pixels.set(squarePixels(raster, size, channels), i * length);
  }
  const { statistics: _ofOtherChannels, ...others } = set;
  return { ...others, pixels, channels };
}

export function storePictures({ pixels, size, channels, ...set }: PictureSet): StoredSet {
  const { facts, arrays } = storeCommon(set);
  return { facts: { ...facts, size, channels }, arrays: { ...arrays, pixels } };
}

/** Undefined when it is not as `storePictures` made it. */
export function restorePictures(stored: StoredSet): PictureSet | undefined {
  const set = restoreCommon(stored);
  const { size, channels } = stored.facts;
  const { pixels } = stored.arrays;
  if (set === undefined || !isCount(size) || (channels !== 1 && channels !== 3)) return undefined;
  const fits = pixels instanceof Uint8Array && pixels.length === set.count * size * size * channels;
  return fits ? { modality: 'picture', ...set, pixels, size, channels } : undefined;
}
