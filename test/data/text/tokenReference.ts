/** What test/reference/tokens.py learned from its corpus, and what it and Hugging Face's library make of some lines. */

import { encodeText } from '../../../src/data/text/encoder.ts';
import type { Vocabulary } from '../../../src/data/text/vocabulary.ts';
import { learnVocabulary } from '../../../src/data/text/vocabulary.ts';
import reference from '../../reference/tokens.json';

export { reference };

export const learned: { pairs: Vocabulary; words: Vocabulary; bytes: Vocabulary } = {
  pairs: learnVocabulary(reference.lines, { kind: 'byte pairs', size: 1024, lower: false }),
  words: learnVocabulary(reference.lines, { kind: 'words', size: 303, lower: true }),
  bytes: learnVocabulary([], { kind: 'bytes', size: 259, lower: false }),
};

/** Ids of the shown lines in both vocabularies. */
export function shownIds(): { pairs: number[][]; words: number[][] } {
  const ids = (vocabulary: Vocabulary): number[][] => reference.shown.map((line) => [...encodeText(vocabulary, line)]);
  return { pairs: ids(learned.pairs), words: ids(learned.words) };
}
