import { describe, expect, it } from 'vitest';
import { EMPTY, FIRST_WORD, isReal, MASK, tokensOn, UNKNOWN } from '../../../src/config/modalities/tokens.ts';

describe('tokens of texts', () => {
  it('are ids of so many words, where others have none', () => {
    expect(tokensOn('picture', [2, 2], [4, 4, 3])).not.toHaveProperty('vocabulary');
    expect(tokensOn('picture', [7], [1], 368)).toMatchObject({ count: 7, length: 1, vocabulary: 368 });
  });

  it('are real where they stand for something of the text: no empty place, no mask', () => {
    expect([EMPTY, MASK, UNKNOWN, FIRST_WORD, 300].map(isReal)).toEqual([false, false, true, true, true]);
  });
});
