/** Where each word of a batch stands, sorted on the host: the gradient of a table of words then adds up what it has to and no more. */

/** Places that one thread adds up: frequent words are cut into parts of so many. */
const PART = 64;

/** How the numbers of `sortWords` lie one after the other. */
export interface SortedLayout {
  /** Parts that there can be at most. */
  parts: number;
  /** First number of `starts` (words + 1): the first part of each word, and the end of the last. */
  starts: number;
  /** First number of `bounds` (parts + 1): the first entry of `order` of each part, and the end of the last; parts not needed are empty. */
  bounds: number;
  /** First number of `order` (places): places by word, those of one word as they come. */
  order: number;
  length: number;
}

export function sortedLayout(places: number, words: number): SortedLayout {
  const parts = Math.min(words, places) + Math.floor(places / PART);
  const bounds = words + 1;
  const order = bounds + parts + 1;
  return { parts, starts: 0, bounds, order, length: order + places };
}

/**
 * A counting sort of ids, in `sortedLayout`: its length depends on how many ids and words there are, and not on which.
 *
 * @param ids (places) each from 0 to words - 1
 */
export function sortWords(ids: Int32Array, words: number): Int32Array {
  const { parts, bounds, order, length } = sortedLayout(ids.length, words);
  const sorted = new Int32Array(length);
  const next = new Int32Array(words + 1);
  for (const id of ids) next[id + 1] += 1;
  let part = 0;
  for (let word = 0; word < words; word++) {
    sorted[word] = part;
    next[word + 1] += next[word];
    for (let from = next[word]; from < next[word + 1]; from += PART) sorted[bounds + part++] = from;
  }
  sorted[words] = part;
  sorted.fill(ids.length, bounds + part, bounds + parts + 1);
  for (let place = 0; place < ids.length; place++) sorted[order + next[ids[place]]++] = place;
  return sorted;
}
