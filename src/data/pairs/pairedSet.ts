/** Labelled or unlabelled samples with several members: a picture, a sound and a text of one thing, as far as it has them. */

import { SENSES, type Sense } from '../../config/modalities/names.ts';
import type { PairForm } from '../../config/modalities/pair.ts';
import type { Traits } from '../../config/modalities/tokens.ts';
import { type PictureSet, pictureBuffers, selectPictures } from '../pictures.ts';
import { type SampleSet, selectLabels } from '../sampleSet.ts';
import { type SoundSet, type StoredClips, selectClips, soundBuffers } from '../sound/soundSet.ts';
import { type StoredTexts, selectTexts, type TextSet, textBuffers } from '../text/textSet.ts';
import { combinationOf, DIGIT_NAMES, PAIR_COUNTS, type PairSplit, thingAt } from './things.ts';

export interface PairedSet extends SampleSet {
  modality: 'pair';
  /** Which samples have a sense: (count) 1 or 0; absent for a sense that all have. */
  present: Readonly<Partial<Record<Sense, Uint8Array>>>;
  content: DrawnPairs | BroughtPairs;
}

/** *Paired digits*: made again whenever they are asked for, and corrupted at every look. */
export interface DrawnPairs {
  seed: number;
  split: PairSplit;
  form: PairForm;
  /** Which samples of the split there are, by index; all, in their order, when absent. */
  indices?: Uint32Array;
  /** Clean members of every sample of the split that were not drawn: real ones of the same things, to measure on. */
  stored?: StoredPairs;
}

export interface StoredPairs {
  /** (count, 32, 32) ink is 255. */
  pictures: Uint8Array;
  /** As long as those of *Paired digits*. */
  clips: StoredClips;
  captions: StoredTexts;
}

/** Sets of as many samples each; what a sample does not have is empty there. A sense that no sample has is absent. */
export interface BroughtPairs {
  members: Readonly<{ picture?: PictureSet; sound?: SoundSet; text?: TextSet }>;
}

/** Both splits of *Paired digits*: nothing is drawn yet. @param stored members that are not to be drawn */
export function drawnPairs(
  form: PairForm,
  seed: number,
  stored?: Readonly<Record<PairSplit, StoredPairs>>,
): { train: PairedSet; heldOut: PairedSet } {
  const split = (split: PairSplit): PairedSet => {
    const own = stored && { stored: stored[split] };
    const count = own === undefined ? PAIR_COUNTS[split] : own.stored.clips.starts.length - 1;
    const labels = Uint16Array.from({ length: count }, (_, i) => thingAt(seed, split, i).digit);
    return { modality: 'pair', count, labels, classes: [...DIGIT_NAMES], present: {}, content: { seed, split, form, ...own } };
  };
  return { train: split('train'), heldOut: split('heldOut') };
}

export function isDrawn(content: PairedSet['content']): content is DrawnPairs {
  return 'split' in content;
}

/** Where sample `index` of a set stands in its split. */
export function placeInSplit({ indices }: DrawnPairs, index: number): number {
  return indices?.[index] ?? index;
}

/**
 * What has to agree for a member to be that of the same thing: class, size and place of *Paired digits*; absent for others, of which only
 * the sample itself is the same.
 */
export function combinations({ content }: PairedSet, samples: readonly number[]): Uint16Array | undefined {
  if (!isDrawn(content)) return undefined;
  const { seed, split } = content;
  return Uint16Array.from(samples, (sample) => combinationOf(thingAt(seed, split, placeInSplit(content, sample))));
}

/** A set of the samples at `indices`, in that order. */
export function selectPairs(set: PairedSet, indices: readonly number[]): PairedSet {
  const { labels: _all, present, content, ...others } = set;
  const chosen = Object.entries(present).map(([sense, flags]) => [sense, Uint8Array.from(indices, (i) => flags[i])]);
  return {
    ...others,
    count: indices.length,
    present: Object.fromEntries(chosen),
    content: isDrawn(content)
      ? { ...content, indices: Uint32Array.from(indices, (i) => placeInSplit(content, i)) }
      : { members: selectMembers(content, indices) },
    ...selectLabels(set, indices),
  };
}

function selectMembers({ members: { picture, sound, text } }: BroughtPairs, indices: readonly number[]): BroughtPairs['members'] {
  return {
    ...(picture && { picture: selectPictures(picture, indices) }),
    ...(sound && { sound: selectClips(sound, indices) }),
    ...(text && { text: selectTexts(text, indices) }),
  };
}

/** Only a pinned sample stands before others, and pairs are not pinned. */
export function joinPairs(): never {
  throw new Error('pairs do not stand in one set with others');
}

export function pairText({ content }: PairedSet): string {
  return isDrawn(content)
    ? content.form.senses.split('+').join(', ')
    : SENSES.filter((sense) => content.members[sense]).join(', ');
}

export function pairTraits({ content }: PairedSet): Traits {
  if (isDrawn(content)) return { channels: 1 };
  const { picture, sound, text } = content.members;
  return {
    channels: 1,
    members: {
      ...(picture && { picture: { channels: picture.channels } }),
      ...(sound && { sound: { channels: 1 } }),
      ...(text && { text: { channels: 1, vocabulary: text.vocabulary.names.length } }),
    },
  };
}

export function pairBuffers({ content, labels, present }: PairedSet): ArrayBufferLike[] {
  const own = [...(labels === undefined ? [] : [labels.buffer]), ...Object.values(present).map(({ buffer }) => buffer)];
  if (isDrawn(content)) return [...own, ...drawnBuffers(content)];
  const { picture, sound, text } = content.members;
  const members = [
    ...(picture ? pictureBuffers(picture) : []),
    ...(sound ? soundBuffers(sound) : []),
    ...(text ? textBuffers(text) : []),
  ];
  return [...own, ...members];
}

function drawnBuffers({ indices, stored }: DrawnPairs): ArrayBufferLike[] {
  const chosen = indices === undefined ? [] : [indices.buffer];
  if (stored === undefined) return chosen;
  const { pictures, clips, captions } = stored;
  const arrays = [pictures, clips.samples, clips.starts, captions.units, captions.starts];
  return [...chosen, ...arrays.map(({ buffer }) => buffer)];
}
