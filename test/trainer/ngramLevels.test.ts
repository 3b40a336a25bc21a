/** Levels that models on texts are compared with, on the very words that these are asked for. */
import { describe, expect, it } from 'vitest';
import { FIRST_WORD } from '../../src/config/modalities/tokens.ts';
import { startingRun } from '../../src/config/presets.ts';
import { storeTexts, type TextSet } from '../../src/data/text/textSet.ts';
import { TextTokenizer } from '../../src/data/text/textTokenizer.ts';
import { learnVocabulary } from '../../src/data/text/vocabulary.ts';
import { NgramLevels } from '../../src/trainer/ngramLevels.ts';
import { countWords } from '../../src/trainer/wordCounts.ts';

const TEXTS = [
  ...Array.from({ length: 6 }, () => 'the cat sat here .'),
  ...Array.from({ length: 3 }, () => 'the dog sat there .'),
  'a dog ran there .',
];
const vocabulary = learnVocabulary(TEXTS, { kind: 'words', size: 64, lower: true });
const train: TextSet = { modality: 'text', count: TEXTS.length, classes: [], words: 16, texts: storeTexts(TEXTS), vocabulary };
const config = startingRun({ dataset: 'tales', modality: 'picture' }, 'simmim');
const tokenizer = new TextTokenizer({ ...config, text: { ...config.text, words: 16, window: 0 } }, train);
const run = { tokenizer, dataset: { name: 'own', train, heldOut: train, heldOutIsTrain: true } };
const idOf = (word: string): number => vocabulary.names.indexOf(word);

/** (n) ids of a text. */
function idsOf(text: string): Int32Array {
  const ids = new Int32Array(16);
  ids.set(text.split(' ').map(idOf));
  return ids;
}

async function learned(): Promise<NgramLevels> {
  const levels = new NgramLevels(run);
  for await (const _ of levels.learn()) expect(levels.tally()).toBeNull();
  return levels;
}

describe('levels of n-grams', () => {
  it('are shares of the very words that were masked, by name', async () => {
    const tally = (await learned()).tally();
    // "cat" is the commonest word after "the", and between "the" and "sat".
    tally?.add(idsOf('the cat sat here .'), [1]);
    tally?.add(idsOf('the dog sat there .'), [1]);
    expect(tally?.levels()).toEqual({ 'most frequent': 0, 'left neighbour': 0.5, 'both neighbours': 0.5, 'two on each side': 1 });
  });

  it('do not see neighbours that are masked themselves', async () => {
    const levels = await learned();
    const text = idsOf('a dog ran there .');
    const there = Int32Array.of(idOf('there'));
    const apart = levels.neighbours(text, [3], there);
    expect(apart?.guesses[0]).toBe(idOf('there'));
    expect(apart?.ofGuesses[0]).toBeGreaterThan(0.9);
    // Next to another gap nothing is left but what is most frequent.
    const beside = levels.neighbours(text, [2, 3], Int32Array.of(idOf('ran'), idOf('there')));
    expect(beside?.guesses[1]).toBe(idOf('.'));
    expect(beside?.ofGuesses[1]).toBeLessThan(beside?.probabilities[1] ?? 0);
  });

  it('are not there before all texts were read', () => {
    const levels = new NgramLevels(run);
    expect(levels.tally()).toBeNull();
    expect(levels.neighbours(idsOf('a dog'), [1], Int32Array.of(FIRST_WORD))).toBeUndefined();
  });
});

it('counts how often words come', () => {
  const counts = countWords(run);
  expect(counts[idOf('cat')]).toBe(6);
  expect(counts[idOf('dog')]).toBe(4);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(16 * TEXTS.length);
});
