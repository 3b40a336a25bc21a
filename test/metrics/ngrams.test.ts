/** N-gram references and bags of words against plain counting in Python (test/reference/ngrams.py). */
import { describe, expect, it } from 'vitest';
import { BUILT_IN_VOCABULARY } from '../../src/data/text/builtInVocabulary.ts';
import { TALE_TOPICS, taleAt } from '../../src/data/text/tales.ts';
import { kindsOfWords, TALE_TOLD_KINDS } from '../../src/data/text/wordKinds.ts';
import { bagsOfWords, bestSingleWord } from '../../src/metrics/bagOfWords.ts';
import { accuracyOf } from '../../src/metrics/classification.ts';
import { applyLinearProbe, fitLinearProbe } from '../../src/metrics/linearProbe.ts';
import { guessFrom, learnNgrams, NGRAM_NAMES } from '../../src/metrics/ngrams.ts';
import { scoreNgrams, scoreWords, standElsewhere, type WordScores } from '../../src/metrics/wordScores.ts';
import reference from '../reference/ngrams.json';
import { storyRows } from './storyRows.ts';

const { names } = BUILT_IN_VOCABULARY;
const V = names.length;
const tales = (split: string, count: number) =>
  storyRows(
    Array.from({ length: count }, (_, i) => taleAt(1, split, i)),
    TALE_TOPICS.length,
  );
const train = tales('train', reference.train);
const test = tales('test', reference.test);
const ngrams = learnNgrams(train, V);
const kinds = kindsOfWords(BUILT_IN_VOCABULARY, 'tales');

/** As in ngrams.py: two neighbouring places of seven. */
const masked = Uint8Array.from(test.ids, (id, i) => {
  const [row, place] = [Math.floor(i / test.n), i % test.n];
  return id !== 0 && (place + 3 * row) % 7 < 2 ? 1 : 0;
});

function shown(scores: WordScores): object {
  const { accuracy, count, crossEntropy, elsewhere } = scores;
  const told = Object.fromEntries(
    TALE_TOLD_KINDS.map((kind) => [kind, scores.kinds[kinds.kinds.indexOf(kind)].accuracy] as const),
  );
  return { accuracy, count, crossEntropy, kinds: told, elsewhere: elsewhere.accuracy, elsewhereCount: elsewhere.count };
}

function rounded(scores: object): object {
  return JSON.parse(JSON.stringify(scores), (_, value) => (typeof value === 'number' ? Number(value.toFixed(9)) : value));
}

describe('n-gram references', () => {
  it.each(NGRAM_NAMES)('%s: is what plain counting finds, word by word', (name) => {
    expect(rounded(shown(scoreNgrams(ngrams, name, test, kinds)))).toEqual(rounded(reference.alone[name]));
  });

  it.each(NGRAM_NAMES)('%s: does not look at neighbours that are masked too', (name) => {
    expect(rounded(shown(scoreNgrams(ngrams, name, test, kinds, masked)))).toEqual(rounded(reference.masked[name]));
    // What stands under a mask does not matter.
    const others = { ...test, ids: test.ids.map((id, i) => (masked[i] === 1 ? 3 + ((id + i) % (V - 3)) : id)) };
    const hidden = (ids: Int32Array) => ({ ids: ids.map((id, i) => (masked[i] === 1 ? 1 : id)), n: test.n });
    const guesses = (rows: { ids: Int32Array; n: number }) =>
      Array.from({ length: 100 }, (_, i) => guessFrom(ngrams, name, rows, i, (5 * i) % 30).best(5));
    expect(guesses(hidden(others.ids))).toEqual(guesses(hidden(test.ids)));
  });

  it('give probabilities of all words that sum to 1, the surest first', () => {
    for (const name of NGRAM_NAMES) {
      const guess = guessFrom(ngrams, name, test, 3, 7);
      const all = names.map((_, id) => guess.probabilityOf(id));
      expect(all.slice(0, 3)).toEqual([0, 0, 0]);
      expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      const [first, second] = guess.best(2);
      expect(first).toEqual({ word: guess.word, probability: Math.max(...all) });
      if (second !== undefined) expect(second.probability).toBeLessThanOrEqual(first.probability);
    }
  });

  it('never guess an unknown word or an empty place, and guess nothing of nothing', () => {
    const rows = { ids: Int32Array.of(2, 2, 2, 3, 0, 0, 2, 4, 2, 2, 2, 2), n: 6 };
    const few = learnNgrams(rows, 8);
    expect(guessFrom(few, 'nothing', rows, 0, 0).word).toBe(3);
    expect(guessFrom(few, 'two on each side', rows, 1, 1).word).toBe(4);
    const none = guessFrom(learnNgrams({ ids: new Int32Array(6), n: 6 }, 8), 'both neighbours', rows, 0, 0);
    expect([none.word, none.best(5), Math.round(1e9 * none.probabilityOf(5))]).toEqual([-1, [], 2e8]);
  });
});

describe('scores of words', () => {
  it('count a word as standing elsewhere only where that place is not masked', () => {
    const rows = { ids: Int32Array.of(3, 4, 3, 0, 0, 5, 5, 5, 2, 2), n: 5 };
    expect([...standElsewhere(rows)]).toEqual([1, 0, 1, 0, 0, 1, 1, 1, 0, 0]);
    expect([...standElsewhere(rows, Uint8Array.of(1, 0, 1, 0, 0, 1, 1, 0, 0, 0))]).toEqual([0, 0, 0, 0, 0, 1, 1, 0, 0, 0]);
  });

  it('are NaN of no word', () => {
    const { accuracy, count, crossEntropy, elsewhere } = scoreWords([], kinds);
    expect([accuracy, count, crossEntropy, elsewhere]).toEqual([Number.NaN, 0, Number.NaN, { accuracy: Number.NaN, count: 0 }]);
  });
});

describe('bags of words', () => {
  it('have a 1 for every word, however often it stands', () => {
    const rows = { ids: Int32Array.of(3, 3, 5, 0, 2, 4, 1, 0), n: 4, labels: [0, 1], classes: 2 };
    expect(bagsOfWords(rows, 6)).toEqual({ features: Float32Array.of(1, 0, 1, 0, 1, 0), labels: [0, 1], d: 3, classes: 2 });
  });

  it('find the word that tells the most', () => {
    const best = bestSingleWord(train, test, V);
    expect(best).toEqual({ id: names.indexOf(reference.single.word), accuracy: reference.single.accuracy });
    const same = { ids: Int32Array.of(3, 4, 3, 4), n: 2, labels: [0, 1], classes: 2 };
    expect(bestSingleWord(same, same, 6)).toBeUndefined();
  });

  it('tell most topics of Tales, which no word tells alone', () => {
    const few = tales('train', 320);
    const probe = fitLinearProbe(bagsOfWords(few, V), { iterations: 60, weightDecay: 0.1 });
    const accuracy = accuracyOf(applyLinearProbe(probe, bagsOfWords(test, V).features).predictions, test.labels);
    expect(accuracy).toBeGreaterThan(0.8);
    expect(reference.single.accuracy).toBeLessThan(0.3);
  });
});
