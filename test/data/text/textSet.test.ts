import { describe, expect, it } from 'vitest';
import { BUILT_IN_TEXT_COUNTS } from '../../../src/config/datasets.ts';
import { builtInDataset } from '../../../src/data/builtIn.ts';
import {
  asRead,
  buffersOf,
  bytesOf,
  formText,
  joinSamples,
  likeSamples,
  selectSamples,
  traitsOf,
} from '../../../src/data/samples.ts';
import { inFormOf } from '../../../src/data/source.ts';
import { BUILT_IN_VOCABULARY } from '../../../src/data/text/builtInVocabulary.ts';
import { sayOtherWords } from '../../../src/data/text/otherWords.ts';
import { reportAt } from '../../../src/data/text/reports.ts';
import { taleAt } from '../../../src/data/text/tales.ts';
import { storeTexts, type TextSet, textAt } from '../../../src/data/text/textSet.ts';
import { learnVocabulary } from '../../../src/data/text/vocabulary.ts';
import { formWith } from '../../formWith.ts';

const WORDS = learnVocabulary(['a b c'], { kind: 'words', size: 64, lower: true });

function setOf(texts: readonly string[], vocabulary = WORDS): TextSet {
  return { modality: 'text', count: texts.length, words: 16, texts: storeTexts(texts), vocabulary, classes: [] };
}

const textsOf = (set: TextSet): string[] => Array.from({ length: set.count }, (_, i) => textAt(set, i));

describe('stored texts', () => {
  const odd = ['', 'ä é 日本 🙂', '\ud800 half a sign', 'long '.repeat(20_000)];

  it('come back unit by unit', () => {
    expect(textsOf(setOf(odd))).toEqual(odd);
    expect(textsOf(selectSamples(setOf(odd), [3, 1]) as TextSet)).toEqual([odd[3], odd[1]]);
  });

  it('are counted and moved by their buffers', () => {
    const set = setOf(['abc', 'de']);
    expect(bytesOf(set)).toBe(2 * 5 + 3 * 4);
    expect(structuredClone(set, { transfer: buffersOf(set) as Transferable[] })).toMatchObject({ count: 2, vocabulary: WORDS });
  });

  it('stand behind others in the words of the second', () => {
    const other = learnVocabulary(['x y z'], { kind: 'words', size: 64, lower: true });
    const labelled = { ...setOf(['x'], other), labels: Uint16Array.of(1), classes: ['p', 'q'] };
    const both = joinSamples(setOf(['a']), labelled) as TextSet;
    expect(textsOf(both)).toEqual(['a', 'x']);
    expect(both.vocabulary).toBe(other);
    expect([...(both.labels ?? [])]).toEqual([0xffff, 1]);
  });
});

describe('words of others', () => {
  const other = learnVocabulary(['a x y z'], { kind: 'words', size: 64, lower: true });

  it('take the place of a set’s own; the set stays where they are the same', () => {
    const set = setOf(['a b']);
    expect(likeSamples(set, setOf(['a'], structuredClone(WORDS)))).toBe(set);
    expect(likeSamples(set, setOf(['x'], other))).toEqual({ ...set, vocabulary: other });
    const dataset = { name: '', train: set, heldOut: set, heldOutIsTrain: true };
    const read = asRead(dataset, { modality: 'text', vocabulary: structuredClone(other) });
    expect((read.train as TextSet).vocabulary).toEqual(other);
    expect(read.heldOut).toBe(read.train);
    expect(asRead(dataset, { modality: 'text', vocabulary: WORDS })).toBe(dataset);
  });

  it('are not believed where a file does not tell all of them', () => {
    const dataset = { name: '', train: setOf(['a']), heldOut: setOf(['b']), heldOutIsTrain: false };
    const { kind, lower, names } = other;
    for (const vocabulary of [
      undefined,
      'words',
      { kind: 'letters', lower, names },
      { kind, names },
      { kind, lower, names: [1, 2] },
      { kind, lower, names: Array(5000).fill('a') },
      { kind: 'byte pairs', lower, names },
      { kind: 'byte pairs', lower, names, merges: [[1, names.length]] },
    ]) {
      expect(asRead(dataset, { modality: 'text', vocabulary })).toBe(dataset);
    }
    expect(asRead(dataset, { modality: 'sound', vocabulary: other })).toBe(dataset);
  });

  it('are told, with how much of the texts is unknown to them', () => {
    expect(sayOtherWords(setOf(['a b', 'c x']), { vocabulary: other })).toBe(
      'These texts are read in the 7 words that the weights know; 50.0 % of what they hold is unknown to them.',
    );
    expect(sayOtherWords(setOf(['x y z']), { vocabulary: other })).toBe(
      'These texts are read in the 7 words that the weights know.',
    );
    expect(sayOtherWords(setOf(['a']), { vocabulary: structuredClone(WORDS) })).toBeUndefined();
    expect(sayOtherWords(setOf(['a']), {})).toBeUndefined();
  });
});

describe('built-in texts', () => {
  it('are there at once, in one list of words, and are written when they are asked for', async () => {
    const { train, heldOut, name } = await builtInDataset('tales', formWith(), 3);
    expect([name, train.count, heldOut.count]).toEqual(['Tales', BUILT_IN_TEXT_COUNTS.train, BUILT_IN_TEXT_COUNTS.heldOut]);
    expect(train.classes).toHaveLength(8);
    for (const index of [17, 18, 19, 1999]) {
      const { words, topic } = taleAt(3, 'heldOut', index);
      expect(textAt(heldOut as TextSet, index)).toBe(words.join(' '));
      expect(heldOut.labels?.[index]).toBe(topic);
    }
    expect([formText(train), traitsOf(train)]).toEqual(['56 words', { channels: 1, vocabulary: 368 }]);
    expect((train as TextSet).vocabulary).toBe(BUILT_IN_VOCABULARY);
  });

  it('learn pieces of words from their training stories, and share them with a second set', async () => {
    const form = formWith({ text: { tokens: 'byte pairs', vocabulary: 400, words: 96 } });
    const [tales, reports] = [await builtInDataset('tales', form, 1), await builtInDataset('reports', form, 1)];
    expect(traitsOf(tales.train)).toEqual({ channels: 1, vocabulary: 400 });
    expect((tales.heldOut as TextSet).vocabulary).toBe((tales.train as TextSet).vocabulary);
    expect((reports.train as TextSet).vocabulary).not.toEqual((tales.train as TextSet).vocabulary);
    const read = inFormOf(tales.train, reports);
    expect((read.heldOut as TextSet).vocabulary).toBe((tales.train as TextSet).vocabulary);
    expect(textAt(read.train as TextSet, 5)).toBe(reportAt(1, 'train', 5).words.join(' '));
    expect([5, 6, 7].map((i) => read.train.labels?.[i])).toEqual([5, 6, 7].map((i) => reportAt(1, 'train', i).topic));
    expect(formText(read.train)).toBe('96 byte pairs');
  });
});
