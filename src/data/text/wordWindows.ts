/** Parts of texts that begin where a sentence does. */
import { SENTENCE_MARKS } from './sentences.ts';
import type { Vocabulary } from './vocabulary.ts';

/** With the quotation marks and brackets that may follow, and the end of a line as byte pairs are named. */
const END = new RegExp(`[${SENTENCE_MARKS}]["'”’»)\\]」』）】]*[\\s↵]*$`, 'u');

/** (names) 1 for pieces that a sentence can end with. */
export function sentenceEnds({ names }: Pick<Vocabulary, 'names'>): Uint8Array {
  return Uint8Array.from(names, (name) => (END.test(name) ? 1 : 0));
}

/**
 * First word of a window of `length` words that begins where a sentence does and holds no empty place; 0 where the text is too short
 * for any.
 *
 * @param ids of the text
 * @param at which of those that there are, from 0 to (not quite) 1
 */
export function windowStart(ids: Int32Array, length: number, ends: Uint8Array, at: number): number {
  const starts = [0];
  for (let i = 1; i + length <= ids.length; i++) if (ends[ids[i - 1]] === 1) starts.push(i);
  return starts[Math.floor(at * starts.length)];
}
