/** Long texts in windows of whole sentences, and words that are none. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { cutStart, cutWindows, type MeasuredPiece } from '../../../src/data/text/windows.ts';
import { countWords, dropLongRuns } from '../../../src/data/text/words.ts';

/** Every word and every sign is a token, but for long words: those are two. */
function* measure(text: string): Generator<MeasuredPiece> {
  for (const { 0: piece, index } of text.matchAll(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu)) {
    yield { end: index + piece.length, tokens: piece.length > 6 ? 2 : 1 };
  }
}
const tokens = (text: string): number => [...measure(text)].reduce((sum, piece) => sum + piece.tokens, 0);
const squeezed = (text: string): string => text.replace(/\s+/g, '');

describe('windows', () => {
  it('hold as many whole sentences as fit', () => {
    const text = 'One two three. Four five. Six seven eight nine. Ten.';
    expect(cutWindows(text, 7, measure)).toEqual({
      texts: ['One two three. Four five.', 'Six seven eight nine. Ten.'],
      cutSentences: 0,
    });
  });

  it('cut a sentence that is longer by itself, and count it', () => {
    expect(cutWindows('a b c d e f g h. Z.', 3, measure)).toEqual({ texts: ['a b c', 'd e f', 'g h.', 'Z.'], cutSentences: 1 });
  });

  it('cut a long list at the ends of its lines', () => {
    const names = Array.from({ length: 40 }, (_, i) => `name${i} of${i}`).join('\n');
    const { texts, cutSentences } = cutWindows(names, 9, measure);
    expect(cutSentences).toBe(1);
    expect(texts).toHaveLength(10);
    expect(texts[1]).toBe('name4 of4\nname5 of5\nname6 of6\nname7 of7');
  });

  it('are the whole text, each at most as long as asked for', () => {
    const random = new Random(5, 'fuzz');
    for (let round = 0; round < 300; round++) {
      const text = Array.from({ length: random.below(200) }, () =>
        random.pick(['a', 'Bc', 'abcdefgh', ' ', ' ', '. ', '\n', '\n\n', '! ', '猫']),
      ).join('');
      const places = 2 + random.below(12);
      const { texts } = cutWindows(text, places, measure);
      expect(squeezed(texts.join(''))).toBe(squeezed(text));
      expect(texts.every((window) => tokens(window) <= places)).toBe(true);
    }
  });

  it('of a text that is read from its start only end where more would be seen to be there', () => {
    expect(cutStart('one two. three four', 3, measure)).toBe('one two. three');
    expect(cutStart('one two. three four', 5, measure)).toBe('one two. three four');
    expect(cutStart('one two tremendous', 3, measure)).toBe('one two tremendous');
  });

  it('of 10 MB on one line are cut in seconds', () => {
    const { texts, cutSentences } = cutWindows('lorem ipsum dolor, '.repeat(530_000), 64, measure);
    expect([texts.length, cutSentences]).toEqual([33_125, 1]);
  });
});

describe('words', () => {
  it('are counted between spaces, and by signs where there are none', () => {
    expect(countWords('Two words, - and 3 more.')).toBe(5);
    expect(countWords('https://example.com/a/b/c?d=e')).toBe(1);
    expect(countWords('吾輩は猫である。')).toBe(7);
    expect(countWords('ฉันชอบ')).toBe(6);
    expect(countWords('a b c d e f', 4)).toBe(4);
    expect(countWords(' - . ')).toBe(0);
  });

  it('of more than 200 signs are left out, unless a language writes so', () => {
    const base64 = 'QUJD+/'.repeat(700);
    expect(dropLongRuns(`Look: ${base64} there.`, 200)).toEqual({ text: 'Look:  there.', count: 1, longest: 4200 });
    const thai = 'ฉันชอบแมวมาก'.repeat(50);
    expect(dropLongRuns(thai, 200)).toEqual({ text: thai, count: 0, longest: 0 });
    expect(dropLongRuns('猫'.repeat(5000), 200).count).toBe(0);
  });
});
