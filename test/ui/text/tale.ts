/** One of the Tales, and models that guess its words. */
import { FIRST_WORD } from '../../../src/config/modalities/tokens.ts';
import type { Blank, Cloze } from '../../../src/ui/text/cloze.ts';
import { type StoryWord, storyOf } from '../../../src/ui/text/story.ts';

const TALE =
  'mira the farmer had a red hammock in the barn . karl was a baker in the stable . mira forgot the hammock at the mill . ' +
  'karl picked up the hammock at the mill . karl brought the hammock back . in the end the red hammock was with the farmer .';

const NAMES = [...new Set(TALE.split(' '))];

export const idOf = (word: string): number => FIRST_WORD + NAMES.indexOf(word);

export const tale: readonly StoryWord[] = storyOf(
  TALE.split(' ').map((text) => ({ id: idOf(text), text })),
  'words',
);

/** The n-th place of a word, from 0. */
export function placeOfWord(word: string, n = 0): number {
  return tale.flatMap(({ text }, place) => (text === word ? [place] : []))[n];
}

/** A blank where `guess` is taken for the word, and `neighbours` is what stands to reason from both sides. */
export function blank(guess: string, neighbours?: string, probability = 0.6): Blank {
  const others = NAMES.filter((word) => word !== guess).slice(0, 4);
  const guesses = [guess, ...others].map((word, rank) => ({
    id: idOf(word),
    word,
    probability: rank === 0 ? probability : 0.1,
    ...(neighbours === undefined ? {} : { neighbours: word === neighbours ? 0.4 : 0.05 }),
  }));
  if (neighbours === undefined) return { guesses };
  return { guesses, neighbours: { id: idOf(neighbours), word: neighbours, probability: 0.4 } };
}

export function clozeWith(blanks: readonly (readonly [place: number, blank: Blank])[]): Cloze {
  const known = new Map(blanks);
  return { words: tale, masked: new Set(known.keys()), blanks: known };
}
