/** How well masked words were guessed, text by text. */
import { meanOver } from '../base/statistics.ts';
import type { Scores } from '../config/metrics.ts';

export interface GuessedWord {
  place: number;
  /** Id of the likeliest word. */
  guess: number;
  /** -ln of the true word's probability. */
  loss: number;
}

/** Whether a text's word at a place stands elsewhere too, unmasked. @param mask (n) 1 where words are masked */
export function standsElsewhere(ids: ArrayLike<number>, mask: Uint8Array, place: number): boolean {
  for (let i = 0; i < ids.length; i++) if (i !== place && mask[i] === 0 && ids[i] === ids[place]) return true;
  return false;
}

/** Sums over the words of one text. */
interface TextSums {
  words: number;
  right: number;
  loss: number;
  copied: number;
  copies: number;
}

export class WordTally {
  private readonly texts: TextSums[] = [];

  /** @param common (V) 1 for words that stand elsewhere in so many texts that it says nothing */
  constructor(private readonly common: Uint8Array) {}

  /** @param ids (n) of a text @param words those that were masked */
  add(ids: Int32Array, words: readonly GuessedWord[]): void {
    const mask = new Uint8Array(ids.length);
    for (const { place } of words) mask[place] = 1;
    const sums = { words: words.length, right: 0, loss: 0, copied: 0, copies: 0 };
    for (const { place, guess, loss } of words) {
      const right = Number(guess === ids[place]);
      sums.right += right;
      sums.loss += loss;
      if (this.common[ids[place]] === 1 || !standsElsewhere(ids, mask, place)) continue;
      sums.copies += 1;
      sums.copied += right;
    }
    this.texts.push(sums);
  }

  /** Means over words, with standard errors as other texts would have changed them; NaN of no words. */
  measurement(): { scores: Scores; errors: Scores; pictures: number } {
    const right = this.share('right', 'words');
    const loss = this.share('loss', 'words');
    const elsewhere = this.share('copied', 'copies');
    const perplexity = { value: Math.exp(loss.value), error: Math.exp(loss.value) * loss.error };
    const numbers = {
      loss,
      maskedWordAccuracy: right,
      elsewhereAccuracy: elsewhere,
      wordCrossEntropy: loss,
      perplexity,
    };
    const each = (part: 'value' | 'error') =>
      Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, number[part]]));
    return { scores: each('value'), errors: each('error'), pictures: this.texts.length };
  }

  private share(of: keyof TextSums, by: keyof TextSums): { value: number; error: number } {
    return meanOver(this.texts.map((text) => ({ sum: text[of], count: text[by] })));
  }
}
