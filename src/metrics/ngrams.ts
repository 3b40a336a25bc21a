/**
 * What a masked word can be told from without a model: from nothing, from its neighbours, from two words on each side. The floors
 * that masked words stand on: a model at the last of them knows the grammar of its texts and nothing else.
 */
import { drain } from '../base/drain.ts';
import { invariant } from '../base/invariant.ts';
import { EMPTY, FIRST_WORD, MASK } from '../config/modalities/tokens.ts';
import { type ContextTable, countContexts, lookUp } from './contextTable.ts';

/** Texts as ids, (rows, n); EMPTY where a text has ended. */
export interface TextRows {
  readonly ids: Int32Array;
  readonly n: number;
}

export const NGRAM_NAMES = ['nothing', 'left neighbour', 'both neighbours', 'two on each side'] as const;
export type NgramName = (typeof NGRAM_NAMES)[number];

/** Places relative to the word. */
type Offsets = readonly number[];

const NONE: Offsets = [];
const LEFT: Offsets = [-1];
const BOTH: Offsets = [-1, 1];

/** The contexts that are tried in turn, the first that was ever seen counts. */
const CONTEXTS: Readonly<Record<NgramName, readonly Offsets[]>> = {
  nothing: [NONE],
  'left neighbour': [LEFT, NONE],
  'both neighbours': [BOTH, LEFT, NONE],
  'two on each side': [[-2, -1, 1, 2], [-1, 1, 2], [-2, -1, 1], BOTH, LEFT, NONE],
};
/** Added to the count of every word, so that none is impossible. */
const SMOOTHING = 0.01;

export interface Ngrams {
  /** Ids of the vocabulary, special ones counted. */
  readonly vocabulary: number;
  readonly tables: ReadonlyMap<string, ContextTable>;
}

/** What is thought of one place. */
export interface Guess {
  /** The most frequent word of the context, of equally frequent ones the smaller id; -1 where nothing was learned. */
  readonly word: number;
  /** Probabilities of all words sum to 1; special ids have none. */
  probabilityOf(word: number): number;
  /** The words that were seen in the context, the most frequent first. */
  best(count: number): { word: number; probability: number }[];
}

/** All of `learningNgrams` at once. */
export function learnNgrams(train: TextRows, vocabulary: number): Ngrams {
  return drain(learningNgrams(train, vocabulary));
}

/**
 * Counts the words of every context, one kind of context between two yields.
 *
 * @param train texts that nothing is masked in; `<unknown>` is part of contexts and never a guess
 */
export function* learningNgrams(train: TextRows, vocabulary: number): Generator<undefined, Ngrams, void> {
  // A context's key is a number in base `vocabulary`: four words of 4,096 still fit.
  invariant(vocabulary ** 4 < Number.MAX_SAFE_INTEGER, `${vocabulary} words are too many for contexts of four`);
  const tables = new Map<string, ContextTable>();
  for (const offsets of Object.values(CONTEXTS).flat()) {
    if (tables.has(nameOf(offsets))) continue;
    const { keys, words } = occurrences(train, offsets, vocabulary);
    tables.set(nameOf(offsets), countContexts(keys, words, vocabulary));
    yield undefined;
  }
  return { vocabulary, tables };
}

/** What is likely at a place of a row. Neighbours that are masked were in no context: fewer of them are gone by. */
export function guessFrom(ngrams: Ngrams, name: NgramName, { ids, n }: TextRows, row: number, place: number): Guess {
  const { vocabulary, tables } = ngrams;
  for (const offsets of CONTEXTS[name]) {
    const table = tables.get(nameOf(offsets));
    const found = table && lookUp(table, keyAt(ids, n, row, place, offsets, vocabulary));
    if (found !== undefined) return guessOf(found.words, found.counts, vocabulary);
  }
  return guessOf(new Int32Array(0), new Int32Array(0), vocabulary);
}

/** A row's ids with MASK where `masked` (n) is not 0: what a guess may see. */
export function hide(ids: Int32Array, masked: Uint8Array): Int32Array {
  return ids.map((id, i) => (masked[i] === 0 ? id : MASK));
}

function guessOf(words: Int32Array, counts: Int32Array, vocabulary: number): Guess {
  const possible = vocabulary - FIRST_WORD;
  const total = counts.reduce((sum, count) => sum + count, 0) + SMOOTHING * possible;
  return {
    word: words.length === 0 ? -1 : words[0],
    probabilityOf(word) {
      if (word < FIRST_WORD) return 0;
      const at = words.indexOf(word);
      return ((at < 0 ? 0 : counts[at]) + SMOOTHING) / total;
    },
    best: (count) => Array.from(words.slice(0, count), (word, k) => ({ word, probability: (counts[k] + SMOOTHING) / total })),
  };
}

/** Every word of the texts with the key of its context. */
function occurrences({ ids, n }: TextRows, offsets: Offsets, vocabulary: number): { keys: Float64Array; words: Int32Array } {
  const keys = new Float64Array(ids.length);
  const words = new Int32Array(ids.length);
  let count = 0;
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] < FIRST_WORD) continue;
    keys[count] = keyAt(ids, n, Math.floor(i / n), i % n, offsets, vocabulary);
    words[count++] = ids[i];
  }
  return { keys: keys.subarray(0, count), words: words.subarray(0, count) };
}

function keyAt(ids: Int32Array, n: number, row: number, place: number, offsets: Offsets, vocabulary: number): number {
  let key = 0;
  for (const offset of offsets) {
    const at = place + offset;
    key = key * vocabulary + (at < 0 || at >= n ? EMPTY : ids[row * n + at]);
  }
  return key;
}

function nameOf(offsets: Offsets): string {
  return offsets.join(' ');
}
