/** Built-in stories as rows of ids. */

import { BUILT_IN_VOCABULARY } from '../../src/data/text/builtInVocabulary.ts';
import { encodeText } from '../../src/data/text/encoder.ts';
import { MOST_WORDS, type Story } from '../../src/data/text/stories/grammar.ts';
import type { LabelledTexts } from '../../src/metrics/bagOfWords.ts';

export function storyRows(stories: readonly Story[], classes: number): LabelledTexts {
  const ids = new Int32Array(stories.length * MOST_WORDS);
  stories.forEach(({ words }, row) => {
    ids.set(encodeText(BUILT_IN_VOCABULARY, words.join(' ')), row * MOST_WORDS);
  });
  return { ids, n: MOST_WORDS, labels: stories.map(({ topic }) => topic), classes };
}
