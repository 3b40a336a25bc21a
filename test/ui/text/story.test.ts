import { describe, expect, it } from 'vitest';
import { EMPTY, UNKNOWN } from '../../../src/config/modalities/tokens.ts';
import { isUnknown, storyOf } from '../../../src/ui/text/story.ts';

const written = (words: ReturnType<typeof storyOf>): string => words.map(({ text, gap }) => (gap ? ` ${text}` : text)).join('');
const pieces = (...texts: string[]) => texts.map((text, i) => ({ id: 10 + i, text }));

describe('a story', () => {
  it('puts signs close to the word before, and counts sentences', () => {
    const words = storyOf(pieces('it', 'rained', ',', 'then', '.', 'he', 'left', '.'), 'words');
    expect(written(words)).toBe('it rained, then. he left.');
    expect(words.map(({ sentence }) => sentence)).toEqual([0, 0, 0, 0, 0, 1, 1, 1]);
  });

  it('takes the gaps that pieces of bytes bring', () => {
    expect(written(storyOf(pieces('The', ' far', 'mer', ' left', '.'), 'byte pairs'))).toBe('The farmer left.');
  });

  it('shows white space that is a piece of its own', () => {
    expect(storyOf(pieces('a', '\n', ' '), 'byte pairs').map(({ text }) => text)).toEqual(['a', '↵', '␣']);
  });

  it('ends where its places are empty', () => {
    expect(storyOf([...pieces('a', 'b'), { id: EMPTY, text: '' }], 'words')).toHaveLength(2);
  });

  it('knows words that the vocabulary lacks', () => {
    expect(storyOf([...pieces('barn'), { id: UNKNOWN, text: 'zeppelin' }], 'words').map(isUnknown)).toEqual([false, true]);
  });
});
