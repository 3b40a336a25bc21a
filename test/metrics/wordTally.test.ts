import { describe, expect, it } from 'vitest';
import { standsElsewhere, WordTally } from '../../src/metrics/wordTally.ts';

/** Word 3 is common. */
const COMMON = Uint8Array.of(0, 0, 0, 1, 0, 0, 0, 0, 0, 0);

describe('what came of masked words', () => {
  it('counts those apart that stand elsewhere unmasked, common ones left out', () => {
    const tally = new WordTally(COMMON);
    // 5 stands elsewhere, 3 too but is common, 6 stands nowhere else, 7 only under another mask.
    const ids = Int32Array.of(5, 3, 6, 7, 5, 3, 7, 0);
    const words = [
      { place: 0, guess: 5, loss: 1 },
      { place: 1, guess: 3, loss: 0 },
      { place: 2, guess: 9, loss: 3 },
      { place: 3, guess: 9, loss: 2 },
      { place: 6, guess: 7, loss: 2 },
    ];
    tally.add(ids, words);
    const { scores, pictures } = tally.measurement();
    expect(pictures).toBe(1);
    expect(scores.maskedWordAccuracy).toBeCloseTo(3 / 5, 10);
    expect(scores.elsewhereAccuracy).toBe(1);
    expect(scores.wordCrossEntropy).toBeCloseTo(8 / 5, 10);
    expect(scores.loss).toBe(scores.wordCrossEntropy);
    expect(scores.perplexity).toBeCloseTo(Math.exp(8 / 5), 10);
  });

  it('means over words, not over texts, with the error of a quotient', () => {
    const tally = new WordTally(COMMON);
    const wordsOf = (right: number, all: number) =>
      Array.from({ length: all }, (_, place) => ({ place, guess: place < right ? 4 : 9, loss: 0 }));
    const ids = new Int32Array(8).fill(4);
    tally.add(ids, wordsOf(1, 1));
    tally.add(ids, wordsOf(2, 7));
    const { scores, errors } = tally.measurement();
    expect(scores.maskedWordAccuracy).toBeCloseTo(3 / 8, 10);
    // Residuals 1 - 3/8 and 2 - 7 * 3/8 over a mean of 4 words.
    expect(errors.maskedWordAccuracy).toBeCloseTo(Math.abs(5 / 8) / 4, 10);
  });

  it('has no number where nothing was masked', () => {
    expect(new WordTally(COMMON).measurement().scores.maskedWordAccuracy).toBeNaN();
  });

  it('finds a word elsewhere only where it can be seen', () => {
    const ids = [4, 5, 4, 5];
    expect(standsElsewhere(ids, Uint8Array.of(1, 0, 0, 0), 0)).toBe(true);
    expect(standsElsewhere(ids, Uint8Array.of(1, 0, 1, 0), 0)).toBe(false);
    expect(standsElsewhere(ids, Uint8Array.of(0, 0, 0, 0), 1)).toBe(true);
  });
});
