/** What n-grams make of the very words that a model is asked for: levels to compare it with (text.md 1). */
import { sampleOf } from '../data/sample.ts';
import type { Dataset } from '../data/samples.ts';
import type { Tokenizer } from '../data/tokenizer.ts';
import { guessFrom, hide, learningNgrams, NGRAM_NAMES, type NgramName, type Ngrams } from '../metrics/ngrams.ts';
import { idsOf } from '../objectives/tokenValues.ts';
import type { NeighbourGuesses } from './reports.ts';

/** Training texts that are read at a time: some milliseconds. */
const AT_ONCE = 64;

/** Training texts that are counted at most: of more a sample, for counting holds training up. */
const COUNTED = 8192;

/** How people call them. */
const LABELS: Readonly<Record<NgramName, string>> = {
  nothing: 'most frequent',
  'left neighbour': 'left neighbour',
  'both neighbours': 'both neighbours',
  'two on each side': 'two on each side',
};

/** Shares of words right, by name. */
export type Levels = Readonly<Record<string, number>>;

export class NgramLevels {
  private ngrams: Ngrams | undefined;

  constructor(private readonly run: { tokenizer: Tokenizer; dataset: Dataset }) {}

  /** Counts contexts in training texts; yields between pieces. Until it is done there are no levels. */
  async *learn(): AsyncGenerator<undefined, void, void> {
    const { tokenizer, dataset } = this.run;
    const { count: n, vocabulary } = tokenizer.tokens;
    const { train } = dataset;
    if (vocabulary === undefined) return;
    const texts = sampleOf(train, COUNTED);
    const ids = new Int32Array(texts.length * n);
    for (let from = 0; from < texts.length; from += AT_ONCE) {
      ids.set(idsOf(tokenizer.cut(train, texts.slice(from, from + AT_ONCE))), from * n);
      yield undefined;
    }
    const learning = learningNgrams({ ids, n }, vocabulary);
    for (let next = learning.next(); ; next = learning.next()) {
      if (next.done) {
        this.ngrams = next.value;
        return;
      }
      yield undefined;
    }
  }

  /** Counts on text after text; null before n-grams are learned. */
  tally(): NgramTally | null {
    return this.ngrams === undefined ? null : new NgramTally(this.ngrams);
  }

  /** What both neighbours alone would say at the masked places of a text. @param guesses (m, guessed) the model's own, by id */
  neighbours(ids: Int32Array, places: ArrayLike<number>, guesses: Int32Array): NeighbourGuesses | undefined {
    if (this.ngrams === undefined) return undefined;
    const seen = hidden(ids, places);
    const m = places.length;
    const guessed = guesses.length / m;
    const told = { guesses: new Int32Array(m), probabilities: new Float32Array(m), ofGuesses: new Float32Array(guesses.length) };
    for (let i = 0; i < m; i++) {
      const guess = guessFrom(this.ngrams, 'both neighbours', seen, 0, places[i]);
      told.guesses[i] = guess.word;
      told.probabilities[i] = guess.probabilityOf(guess.word);
      for (let k = i * guessed; k < (i + 1) * guessed; k++) told.ofGuesses[k] = guess.probabilityOf(guesses[k]);
    }
    return told;
  }
}

class NgramTally {
  private words = 0;
  private readonly right = new Map<NgramName, number>();

  constructor(private readonly ngrams: Ngrams) {}

  /** @param ids (n) of a text @param places of the words that were masked in it */
  add(ids: Int32Array, places: ArrayLike<number>): void {
    const seen = hidden(ids, places);
    this.words += places.length;
    for (const name of NGRAM_NAMES) {
      let right = this.right.get(name) ?? 0;
      for (let i = 0; i < places.length; i++) {
        if (guessFrom(this.ngrams, name, seen, 0, places[i]).word === ids[places[i]]) right++;
      }
      this.right.set(name, right);
    }
  }

  levels(): Levels {
    return Object.fromEntries([...this.right].map(([name, right]) => [LABELS[name], right / this.words]));
  }
}

/** A text as it is seen where words of it are masked. */
function hidden(ids: Int32Array, places: ArrayLike<number>): { ids: Int32Array; n: number } {
  const masked = new Uint8Array(ids.length);
  for (let i = 0; i < places.length; i++) masked[places[i]] = 1;
  return { ids: hide(ids, masked), n: ids.length };
}
