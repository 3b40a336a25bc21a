/** Samples of one modality, as all floors pass them on; what is inside is the business of that modality's own files. */
import type { Traits } from '../config/modalities/tokens.ts';
import { type ModalityName, SENSES, type Sense } from '../config/modalities.ts';
import type { Fingerprint } from './fingerprint.ts';
import { picturesAsRead, sayOtherBrightness } from './normalise.ts';
import { joinPairs, type PairedSet, pairBuffers, pairText, pairTraits, selectPairs } from './pairs/pairedSet.ts';
import { pairsAsRead, sayOtherMembers } from './pairs/pairsAsRead.ts';
import { restorePairs, storePairs } from './pairs/storedPairs.ts';
import {
  joinPictures,
  type PictureSet,
  pictureBuffers,
  picturesLike,
  restorePictures,
  selectPictures,
  storePictures,
} from './pictures.ts';
import type { StoredSet } from './sampleSet.ts';
import { sayOtherBands } from './sound/settings.ts';
import { clipsLike, joinClips, restoreSounds, type SoundSet, selectClips, soundBuffers, storeSounds } from './sound/soundSet.ts';
import { soundsAsRead } from './sound/soundStatistics.ts';
import { sayOtherWords, textsAsRead } from './text/otherWords.ts';
import { joinTexts, restoreTextSet, selectTexts, storeTextSet, type TextSet, textBuffers, textsLike } from './text/textSet.ts';

export type Samples = PictureSet | SoundSet | TextSet | PairedSet;

/** See `Tokenizer.recipe`; as found in a file, where anything may stand. */
export type Recipe = Readonly<Record<string, unknown>>;

/** What can be done with sets of one modality. */
interface Kind<S extends Samples> {
  /** What its samples were brought to, in the words of `ModalityFacts.form`. */
  form(set: S): string;
  traits(set: S): Traits;
  sameShape(a: S, b: S): boolean;
  /** `set` in the form of the other, as far as that can be had. */
  like(set: S, other: S): S;
  /** `set` in the tokens of a recipe (`Tokenizer.recipe`), as far as that can be had. */
  asRead(set: S, recipe: Recipe): S;
  select(set: S, indices: readonly number[]): S;
  join(first: S, second: S): S;
  buffers(set: S): ArrayBufferLike[];
  /** As it lies in a file; undefined for samples that are drawn. */
  store(set: S): StoredSet | undefined;
  /** Undefined when it is not as `store` made it. */
  restore(stored: StoredSet): S | undefined;
  /** What there is to say where weights learned tokens that mean something else than those of the set. */
  sayOther(set: S, recipe: Recipe): string | undefined;
}

const KINDS: { readonly [N in ModalityName]: Kind<Extract<Samples, { modality: N }>> } = {
  picture: {
    form: ({ size }) => `${size} px`,
    traits: ({ channels }) => ({ channels }),
    sameShape: (a, b) => a.size === b.size && a.channels === b.channels,
    like: picturesLike,
    asRead: picturesAsRead,
    select: selectPictures,
    join: joinPictures,
    buffers: pictureBuffers,
    store: storePictures,
    restore: restorePictures,
    // Sizes and channels are told, or refused, by the shapes of the weights.
    sayOther: sayOtherBrightness,
  },
  sound: {
    form: ({ seconds }) => `${seconds} s`,
    traits: () => ({ channels: 1 }),
    sameShape: (a, b) => a.seconds === b.seconds,
    like: clipsLike,
    // What bands mean is told, not changed.
    asRead: soundsAsRead,
    select: selectClips,
    join: joinClips,
    buffers: soundBuffers,
    store: storeSounds,
    restore: restoreSounds,
    sayOther: sayOtherBands,
  },
  text: {
    form: ({ words, vocabulary }) => `${words} ${vocabulary.kind}`,
    traits: ({ vocabulary }) => ({ channels: 1, vocabulary: vocabulary.names.length }),
    // Those that stand behind others are read in the same words.
    sameShape: () => true,
    like: textsLike,
    asRead: textsAsRead,
    select: selectTexts,
    join: joinTexts,
    buffers: textBuffers,
    store: storeTextSet,
    restore: restoreTextSet,
    sayOther: sayOtherWords,
  },
  pair: {
    form: pairText,
    traits: pairTraits,
    // Nobody pins one member of three to a board.
    sameShape: () => false,
    like: (set) => set,
    asRead: pairsAsRead,
    select: selectPairs,
    join: joinPairs,
    buffers: pairBuffers,
    store: storePairs,
    restore: restorePairs,
    sayOther: sayOtherMembers,
  },
};

function kindOf(set: Samples): Kind<Samples> {
  return KINDS[set.modality];
}

/** A set of the samples at `indices`, in that order. */
export function selectSamples(set: Samples, indices: readonly number[]): Samples {
  return kindOf(set).select(set, indices);
}

/** One set behind another of the same shape; labels and classes are the second one's, and the first one's samples have none. */
export function joinSamples(first: Samples, second: Samples): Samples {
  return kindOf(first).join(first, second);
}

/** "32 px", "1.024 s": what the samples of a set were brought to. */
export function formText(set: Samples): string {
  return kindOf(set).form(set);
}

/** Which members samples have; undefined where they are of one kind, or drawn as settings ask. */
export function membersOf(set: Samples): Sense[] | undefined {
  const { members } = traitsOf(set);
  return members && SENSES.filter((sense) => members[sense] !== undefined);
}

/** Whether samples of both may stand in one set. */
export function sameShape(a: Samples, b: Samples): boolean {
  return a.modality === b.modality && kindOf(a).sameShape(a, b);
}

/** The samples of `set` in the form of those of `other`: as grey or as colour pictures, in the same words. The set itself where it has that form. */
export function likeSamples(set: Samples, other: Samples): Samples {
  return kindOf(set).like(set, other);
}

/** What only the samples know of their tokens. */
export function traitsOf(set: Samples): Traits {
  return kindOf(set).traits(set);
}

/**
 * The data set with its samples in the tokens of a recipe: texts in the words that weights know, pictures and sounds normalised as those were that weights
 * learned from. The same one where nothing changes.
 */
export function asRead(dataset: Dataset, recipe: Recipe): Dataset {
  const read = (set: Samples): Samples => {
    const own = recipeFor(recipe, set);
    return own === undefined ? set : kindOf(set).asRead(set, own);
  };
  const train = read(dataset.train);
  if (train === dataset.train) return dataset;
  return { ...dataset, train, heldOut: dataset.heldOut === dataset.train ? train : read(dataset.heldOut) };
}

/** A sentence where weights read other tokens than those of a set. */
export function sayOtherTokens(set: Samples, recipe: Recipe): string | undefined {
  const own = recipeFor(recipe, set);
  return own && kindOf(set).sayOther(set, own);
}

/** What a recipe says of samples like these: as a whole, or of that one of their members; undefined where it is of others. */
function recipeFor(recipe: Recipe, { modality }: Samples): Recipe | undefined {
  if (recipe.modality === modality) return recipe;
  if (recipe.modality !== 'pair') return undefined;
  // Somebody's own pairs have a recipe for each member; built-in ones read captions in one vocabulary.
  const { members, vocabulary } = recipe;
  const own = Array.isArray(members) ? members.filter(isRecipe).find((one) => one.modality === modality) : undefined;
  return own ?? (modality === 'text' && vocabulary !== undefined ? { modality, vocabulary } : undefined);
}

function isRecipe(value: unknown): value is Recipe {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Memory of the samples of some sets, what they share counted once. */
export function bytesOf(...sets: readonly Samples[]): number {
  const buffers = new Set(sets.flatMap((set) => kindOf(set).buffers(set)));
  return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

/** The set as it lies in a file; undefined for samples that are drawn: settings and seed name them. */
export function storeSamples(set: Samples): StoredSet | undefined {
  return kindOf(set).store(set);
}

/** Undefined when it is not as `storeSamples` made it. */
export function restoreSamples(modality: ModalityName, stored: StoredSet): Samples | undefined {
  return KINDS[modality].restore(stored);
}

/** What moves to another worker instead of being copied. Sets may share it. */
export function buffersOf(...sets: readonly Samples[]): Transferable[] {
  return [...new Set(sets.flatMap((set) => kindOf(set).buffers(set)))] as ArrayBuffer[];
}

/** What a run learns from and what it is tested on. */
export interface Dataset {
  /** Shown to people: "Scenes", "3 folders, 512 pictures". */
  name: string;
  train: Samples;
  heldOut: Samples;
  /** True when there were too few samples to set some aside: the test samples are then those of training. */
  heldOutIsTrain: boolean;
  /** Of samples that somebody brought. */
  fingerprint?: Fingerprint;
}

/** A file that was not used, or only partly, and why. `name` is its path as a person would recognise it. */
export interface Refusal {
  name: string;
  reason: string;
  /** Where the line sums up: how many samples were not used. Without it the line is of one file. */
  sums?: { modality: ModalityName; count: number };
}

/** The first rows of a table, and which of its columns were read. */
export interface TableGlance {
  path: string;
  columns: string[];
  rows: string[][];
  /** Column of the texts. */
  text: number;
  /** Column of their labels; absent where there is none. */
  label?: number;
}

/** What became of the files that a person brought. */
export interface LoadReport {
  modality: ModalityName;
  /** Files, and records of files of many. */
  used: number;
  refused: Refusal[];
  /** Damaged files that were used up to the damage, and how far: "shortened: 1.2 of 3.0 s". */
  shortened: Refusal[];
  /** How many files there are of each kind, where there are several: one of them was read. */
  kinds?: Readonly<Record<ModalityName, number>>;
  /** The longest table that was read, for somebody who wants other columns of it. */
  table?: TableGlance;
  /** What was made of folders and labels, a sentence each: what names the classes, and what is tested on. */
  notes: string[];
}

/** A class and how many samples of it there are. */
export interface ClassCount {
  name: string;
  train: number;
  heldOut: number;
}

/** Every class with its samples; none where there are no labels. Where nothing is held out the test samples are those of training. */
export function countClasses({ train, heldOut, heldOutIsTrain }: Dataset): ClassCount[] {
  const counts = train.classes.map((name) => ({ name, train: 0, heldOut: 0 }));
  for (const label of train.labels ?? []) counts[label].train += 1;
  for (const label of (heldOutIsTrain ? undefined : heldOut.labels) ?? []) counts[label].heldOut += 1;
  return counts;
}
