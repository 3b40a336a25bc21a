import { expect, it } from 'vitest';
import { learned, reference, shownIds } from './tokenReference.ts';

it('learns the same words and pairs and gives the same ids in a browser as in Node', () => {
  expect(learned.pairs.merges).toEqual(reference.merges);
  expect(learned.words.names.slice(3)).toEqual(reference.words);
  expect(shownIds()).toEqual({ pairs: reference.bytePairIds, words: reference.wordIds });
});
