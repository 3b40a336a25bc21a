/** What the ids of a text stand for, learned from texts. */
import { FIRST_WORD } from '../../config/modalities/tokens.ts';
import { byteNames } from './byteNames.ts';
import { FIRST_MERGE, learningMerges, type Merge } from './bytePairs.ts';
import { cutInto, normalise, type Reading } from './pieces.ts';
import { readFrom } from './portions.ts';

/** Plain data: it goes to workers and into files as it is. */
export interface Vocabulary extends Reading {
  /** How the piece of every id is shown, the three special ones first. */
  readonly names: readonly string[];
  /** Of byte pairs: the two ids that id 259 + k is made of. */
  readonly merges?: readonly Merge[];
}

/** Names of ids 0 to 2: `EMPTY`, `MASK` and `UNKNOWN` of config/modalities/tokens.ts. */
export const SPECIAL_NAMES: readonly string[] = ['<empty>', '<mask>', '<unknown>'];

export interface VocabularyOptions extends Reading {
  /** Ids at most, the special ones counted. Of bytes there are always 259. */
  readonly size: number;
}

/** All of `learningVocabulary` at once. */
export function learnVocabulary(
  texts: Iterable<string>,
  options: VocabularyOptions,
  onProgress?: (share: number) => void,
): Vocabulary {
  const work = learningVocabulary(texts, options);
  for (let next = work.next(); ; next = work.next()) {
    if (next.done) return next.value;
    onProgress?.(next.value);
  }
}

/**
 * The vocabulary of training texts, from at most 32 million characters of them. The order of the texts does not matter: ties
 * are broken by what ties, not by what came first. Yields the share of the work that is done.
 */
export function* learningVocabulary(
  texts: Iterable<string>,
  { kind, lower, size }: VocabularyOptions,
): Generator<number, Vocabulary, void> {
  if (kind === 'bytes') return { kind, lower, names: [...SPECIAL_NAMES, ...byteNames([])] };
  const merging = kind === 'byte pairs';
  const counts = yield* countingPieces(texts, { kind, lower }, merging ? 0.6 : 1);
  if (!merging) return { kind, lower, names: [...SPECIAL_NAMES, ...mostFrequent(counts, size - FIRST_WORD)] };
  const most = size - FIRST_MERGE;
  const work = learningMerges(counts, most);
  let next = work.next();
  for (; !next.done; next = work.next()) yield 0.6 + 0.4 * (next.value / most);
  const merges = next.value;
  return { kind, lower, names: [...SPECIAL_NAMES, ...byteNames(merges)], merges };
}

/** How often each piece occurs. */
function* countingPieces(texts: Iterable<string>, reading: Reading, share: number): Generator<number, Map<string, number>, void> {
  const counts = new Map<string, number>();
  const { portions, length } = readFrom(texts);
  let done = 0;
  for (const portion of portions) {
    for (const piece of cutInto(reading.kind, normalise(reading, portion))) counts.set(piece, (counts.get(piece) ?? 0) + 1);
    done += portion.length;
    yield (share * done) / length;
  }
  return counts;
}

/** The most frequent first, equally frequent ones in the order of code units. */
function mostFrequent(counts: ReadonlyMap<string, number>, most: number): string[] {
  const before = (a: string, b: string): number => (a < b ? -1 : 1);
  return [...counts]
    .toSorted(([a, often], [b, asOften]) => asOften - often || before(a, b))
    .slice(0, Math.max(0, most))
    .map(([word]) => word);
}
