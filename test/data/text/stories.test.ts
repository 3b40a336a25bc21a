import { describe, expect, it } from 'vitest';
import { BUILT_IN_VOCABULARY } from '../../../src/data/text/builtInVocabulary.ts';
import { REPORT_KINDS, reportAt } from '../../../src/data/text/reports.ts';
import { MOST_WORDS, type Story } from '../../../src/data/text/stories/grammar.ts';
import { TALE_TOPICS, taleAt } from '../../../src/data/text/tales.ts';
import {
  FUNCTION_WORDS,
  kindsOfIds,
  kindsOfWords,
  REPORT_TOLD_KINDS,
  REPORT_WORD_KINDS,
  TALE_TOLD_KINDS,
  TALE_WORD_KINDS,
} from '../../../src/data/text/wordKinds.ts';
import { EXPECTED_HASHES, storyHashes } from './storyHashes.ts';

type Writer = (seed: number, split: string, index: number) => Story;

function storiesOf(write: Writer, split: string, count: number, seed = 1): Story[] {
  return Array.from({ length: count }, (_, i) => write(seed, split, i));
}

const CORPORA = [
  { name: 'Tales', write: taleAt, classes: TALE_TOPICS, kinds: TALE_WORD_KINDS, told: TALE_TOLD_KINDS, lengths: [35, 56] },
  {
    name: 'Reports',
    write: reportAt,
    classes: REPORT_KINDS,
    kinds: REPORT_WORD_KINDS,
    told: REPORT_TOLD_KINDS,
    lengths: [40, 56],
  },
] as const;

describe('the built-in stories', () => {
  it('are those of the independent script, word for word', async () => {
    expect(await storyHashes()).toEqual(EXPECTED_HASHES);
  });

  it('tell a story that a person can follow', () => {
    const { words, topic } = taleAt(1, 'train', 1);
    expect(words.join(' ')).toBe(
      'mira the farmer had a red hammock in the barn . karl was a baker in the stable . mira forgot the hammock at the mill . karl picked up the hammock at the mill . karl brought the hammock back . in the end the red hammock was with the farmer .',
    );
    expect(TALE_TOPICS[topic]).toBe('recovery');
  });

  it.each(CORPORA)('$name: any is written again without those before it, and seeds and splits differ', ({ write }) => {
    expect(write(3, 'train', 700)).toEqual(storiesOf(write, 'train', 701, 3)[700]);
    expect(write(3, 'train', 0)).not.toEqual(write(4, 'train', 0));
    expect(write(3, 'train', 0)).not.toEqual(write(3, 'test', 0));
  });

  it.each(CORPORA)('$name: no two are equal, within the training stories or between them and those for testing', ({ write }) => {
    const stories = [...storiesOf(write, 'train', 4000), ...storiesOf(write, 'test', 400)];
    expect(new Set(stories.map(({ words }) => words.join(' '))).size).toBe(4400);
  });

  it.each(CORPORA)('$name: have their length, and every class as often as the others', ({ write, classes, lengths }) => {
    const stories = storiesOf(write, 'train', 4000);
    const sizes = stories.map(({ words }) => words.length);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(lengths[0]);
    expect(Math.max(...sizes)).toBe(lengths[1]);
    expect(MOST_WORDS).toBe(56);
    const counts = classes.map((_, k) => stories.filter(({ topic }) => topic === k).length);
    // 500 each, with a standard deviation of 21.
    expect(Math.min(...counts)).toBeGreaterThan(420);
    expect(Math.max(...counts)).toBeLessThan(580);
  });
});

describe('the words of the stories', () => {
  const stories = { tales: storiesOf(taleAt, 'train', 8000), reports: storiesOf(reportAt, 'train', 8000) };
  const wordsOf = (of: readonly Story[]): Set<string> => new Set(of.flatMap(({ words }) => words));

  it('are exactly the built-in vocabulary: 295 and 149, 79 of them in both', () => {
    const [tales, reports] = [wordsOf(stories.tales), wordsOf(stories.reports)];
    const both = new Set([...tales, ...reports]);
    expect([tales.size, reports.size, tales.size + reports.size - both.size]).toEqual([295, 149, 79]);
    const { names, kind, lower } = BUILT_IN_VOCABULARY;
    expect([kind, lower, names.length, ...names.slice(0, 3)]).toEqual(['words', true, 368, '<empty>', '<mask>', '<unknown>']);
    expect(names.slice(3)).toEqual([...both].toSorted());
  });

  it('have kinds, each word one, and words of no list are function words', () => {
    const { names } = BUILT_IN_VOCABULARY;
    for (const { kinds: lists } of CORPORA) {
      const { kinds, of } = kindsOfIds(names, lists);
      expect(kinds.at(-1)).toBe(FUNCTION_WORDS);
      expect(of).toHaveLength(names.length);
      for (const [kind, words] of Object.entries(lists)) {
        for (const word of words) expect(names).toContain(word);
        expect(kinds[of[names.indexOf(words[0])]]).toBe(kind);
      }
      expect(kinds[of[names.indexOf('the')]]).toBe(FUNCTION_WORDS);
    }
  });

  it('have other kinds where somebody brought the texts: frequent words, and those that say more', () => {
    const { names } = BUILT_IN_VOCABULARY;
    const own = kindsOfWords(BUILT_IN_VOCABULARY, undefined);
    expect([...own.of].map((kind) => own.kinds[kind])).toEqual(
      names.map((_, id) => (id < 103 ? 'the 100 most frequent' : 'rarer words')),
    );
    expect(own.told).toEqual(['rarer words']);
    expect(kindsOfWords(BUILT_IN_VOCABULARY, 'reports')).toEqual({
      ...kindsOfIds(names, REPORT_WORD_KINDS),
      told: REPORT_TOLD_KINDS,
    });
    expect(kindsOfWords({ kind: 'bytes', lower: false, names }, 'tales').kinds).toEqual(['pieces']);
  });

  // What earlier sentences alone can decide, as the independent script counts it.
  it('stand elsewhere in their tale as often as is told', () => {
    const tested = storiesOf(taleAt, 'test', 2000);
    const expected = { names: 0.95, jobs: 0.5, things: 0.91, places: 0.4, looks: 0.67 };
    for (const [kind, share] of Object.entries(expected)) {
      const list = new Set(TALE_WORD_KINDS[kind]);
      const twice = tested.flatMap(({ words }) =>
        words.filter((word) => list.has(word)).map((word) => words.indexOf(word) !== words.lastIndexOf(word)),
      );
      expect(twice.filter(Boolean).length / twice.length).toBeCloseTo(share, 2);
    }
    expect(CORPORA.flatMap(({ kinds, told }) => told.filter((kind) => !(kind in kinds)))).toEqual([]);
  });
});
