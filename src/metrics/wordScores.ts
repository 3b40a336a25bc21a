/** How well masked words were told, by kind of word and by whether the rest of the text says them. */
import { FIRST_WORD } from '../config/modalities/tokens.ts';
import type { KindsOfWords } from '../data/text/wordKinds.ts';
import { guessFrom, hide, type NgramName, type Ngrams, type TextRows } from './ngrams.ts';

/** A share with the number of words that it is of; NaN of none. */
export interface WordShare {
  accuracy: number;
  count: number;
}

export interface WordScores extends WordShare {
  /** Mean of -log(probability of the true word). */
  crossEntropy: number;
  /** By kind, in the order of the kinds given. */
  kinds: WordShare[];
  /** Of words of the told kinds that stand elsewhere in their text, unmasked: those that looking back tells. */
  elsewhere: WordShare;
}

/** One word that was asked for. */
export interface ToldWord {
  readonly id: number;
  readonly right: boolean;
  /** That was given to the true word. */
  readonly probability: number;
  /** Whether the same word stands unmasked elsewhere in the text. */
  readonly elsewhere: boolean;
}

export function scoreWords(words: Iterable<ToldWord>, { kinds, of, told }: KindsOfWords): WordScores {
  const all = new Tally();
  const elsewhere = new Tally();
  const byKind = kinds.map(() => new Tally());
  let loss = 0;
  for (const word of words) {
    all.add(word.right);
    byKind[of[word.id]].add(word.right);
    if (word.elsewhere && told.includes(kinds[of[word.id]])) elsewhere.add(word.right);
    loss -= Math.log(word.probability);
  }
  const { accuracy, count } = all.share();
  return {
    accuracy,
    count,
    crossEntropy: loss / count,
    kinds: byKind.map((tally) => tally.share()),
    elsewhere: elsewhere.share(),
  };
}

/**
 * An n-gram reference on texts that it did not learn from.
 *
 * @param masked (rows, n) not 0 where a word is masked, which also hides it from its neighbours; left out, every word is asked
 *   for in turn while all others stand
 */
export function scoreNgrams(
  ngrams: Ngrams,
  name: NgramName,
  texts: TextRows,
  kinds: KindsOfWords,
  masked?: Uint8Array,
): WordScores {
  const seen = masked === undefined ? texts : { ids: hide(texts.ids, masked), n: texts.n };
  return scoreWords(toldBy(ngrams, name, texts, seen, masked), kinds);
}

function* toldBy(ngrams: Ngrams, name: NgramName, texts: TextRows, seen: TextRows, masked?: Uint8Array): Generator<ToldWord> {
  const { ids, n } = texts;
  const elsewhere = standElsewhere(texts, masked);
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] < FIRST_WORD || masked?.[i] === 0) continue;
    const guess = guessFrom(ngrams, name, seen, Math.floor(i / n), i % n);
    yield {
      id: ids[i],
      right: guess.word === ids[i],
      probability: guess.probabilityOf(ids[i]),
      elsewhere: elsewhere[i] === 1,
    };
  }
}

/** (rows, n) 1 where the word of a place also stands at another, unmasked place of its text. */
export function standElsewhere({ ids, n }: TextRows, masked?: Uint8Array): Uint8Array {
  const found = new Uint8Array(ids.length);
  for (let start = 0; start < ids.length; start += n) {
    const times = new Map<number, number>();
    for (let i = start; i < start + n; i++) if (!masked?.[i]) times.set(ids[i], (times.get(ids[i]) ?? 0) + 1);
    for (let i = start; i < start + n; i++) {
      const others = (times.get(ids[i]) ?? 0) - (masked?.[i] ? 0 : 1);
      if (ids[i] >= FIRST_WORD && others > 0) found[i] = 1;
    }
  }
  return found;
}

class Tally {
  private right = 0;
  private count = 0;

  add(right: boolean): void {
    this.count++;
    if (right) this.right++;
  }

  share(): WordShare {
    return { accuracy: this.right / this.count, count: this.count };
  }
}
