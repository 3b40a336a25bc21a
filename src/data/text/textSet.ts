/** Labelled or unlabelled texts, and the words that they are read in. */
import type { BuiltInTexts } from '../../config/datasets.ts';
import {
  areStarts,
  isCount,
  labelsBehind,
  restoreCommon,
  type SampleSet,
  type StoredSet,
  selectLabels,
  storeCommon,
} from '../sampleSet.ts';
import { storyText } from './builtInTexts.ts';
import { readVocabulary, sameVocabulary } from './readVocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface TextSet extends SampleSet {
  modality: 'text';
  /** Places that one is read for: of longer texts the rest is not read. */
  words: number;
  texts: StoredTexts | WrittenTexts;
  /** What ids stand for: learned from training texts, and the same for those that are held out. */
  vocabulary: Vocabulary;
}

/** Texts as UTF-16, one after the other. */
export interface StoredTexts {
  units: Uint16Array;
  /** (count + 1) first unit of every text, and the end of the last. */
  starts: Uint32Array;
}

/** Stories that are written whenever they are asked for. */
export interface WrittenTexts {
  set: BuiltInTexts;
  seed: number;
  split: 'train' | 'heldOut';
}

/** Units that become a string at once: arguments of a call lie on the stack. */
const AT_ONCE = 8192;

/** Text `index`, as it was brought. */
export function textAt({ texts }: TextSet, index: number): string {
  return 'units' in texts ? storedText(texts, index) : storyText(texts.set, texts.seed, texts.split, index);
}

export function storedText({ units, starts }: StoredTexts, index: number): string {
  let text = '';
  for (let at = starts[index]; at < starts[index + 1]; at += AT_ONCE) {
    text += String.fromCharCode(...units.subarray(at, Math.min(at + AT_ONCE, starts[index + 1])));
  }
  return text;
}

/** Texts that are at hand, one after the other. */
export function storeTexts(texts: readonly string[]): StoredTexts {
  const starts = new Uint32Array(texts.length + 1);
  for (const [i, text] of texts.entries()) starts[i + 1] = starts[i] + text.length;
  const units = new Uint16Array(starts[texts.length]);
  for (const [i, text] of texts.entries()) {
    for (let k = 0; k < text.length; k++) units[starts[i] + k] = text.charCodeAt(k);
  }
  return { units, starts };
}

/** A set of the texts at `indices`, in that order, stored. */
export function selectTexts(set: TextSet, indices: readonly number[]): TextSet {
  const { labels: _all, ...others } = set;
  const texts = storeTexts(indices.map((index) => textAt(set, index)));
  return { ...others, count: indices.length, texts, ...selectLabels(set, indices) };
}

/** Texts behind others, read in the words of the second ones; see `joinSamples`. */
export function joinTexts(first: TextSet, second: TextSet): TextSet {
  const all = [first, second].flatMap((set) => Array.from({ length: set.count }, (_, i) => textAt(set, i)));
  return { ...second, count: all.length, texts: storeTexts(all), ...labelsBehind(first.count, second) };
}

/** The same texts in the words of others; the set itself where it has them already. */
export function textsLike(set: TextSet, { vocabulary }: Pick<TextSet, 'vocabulary'>): TextSet {
  return sameVocabulary(set.vocabulary, vocabulary) ? set : { ...set, vocabulary };
}

export function textBuffers({ texts, labels }: TextSet): ArrayBufferLike[] {
  const stored = 'units' in texts ? [texts.units.buffer, texts.starts.buffer] : [];
  return labels === undefined ? stored : [...stored, labels.buffer];
}

/** Undefined for texts that are written whenever they are asked for. */
export function storeTextSet({ texts, words, vocabulary, ...set }: TextSet): StoredSet | undefined {
  if (!('units' in texts)) return undefined;
  const { facts, arrays } = storeCommon(set);
  return { facts: { ...facts, words, vocabulary }, arrays: { ...arrays, units: texts.units, starts: texts.starts } };
}

/** Undefined when it is not as `storeTextSet` made it. */
export function restoreTextSet(stored: StoredSet): TextSet | undefined {
  const set = restoreCommon(stored);
  const { words } = stored.facts;
  const vocabulary = readVocabulary(stored.facts.vocabulary);
  const { units, starts } = stored.arrays;
  if (set === undefined || !isCount(words) || vocabulary === undefined) return undefined;
  if (!(units instanceof Uint16Array) || !areStarts(starts, set.count, units.length)) return undefined;
  return { modality: 'text', ...set, words, vocabulary, texts: { units, starts } };
}
