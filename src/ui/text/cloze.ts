/** What a model says of the masked words of one story. */
import { MASK, UNKNOWN } from '../../config/modalities/tokens.ts';
import type { StoryWord } from './story.ts';

export interface Guess {
  id: number;
  word: string;
  probability: number;
  /** What both neighbours alone give this word; absent where they were not counted. */
  neighbours?: number;
}

/** A word that a masked one attends to, mean over heads. */
export interface Attended {
  place: number;
  word: string;
  weight: number;
}

export interface Blank {
  /** The surest first. */
  guesses: readonly Guess[];
  /** The words that it attends to most, layer by layer, the strongest first; absent where nobody asked, or it is not in the encoder. */
  attended?: readonly (readonly Attended[])[];
  /** What the two neighbours alone would say. */
  neighbours?: Pick<Guess, 'id' | 'word' | 'probability'>;
}

export interface Cloze {
  words: readonly StoryWord[];
  /** Places that are masked. */
  masked: ReadonlySet<number>;
  /** By place; those that the model has not been asked about yet are missing. */
  blanks: ReadonlyMap<number, Blank>;
}

/** `open`: nobody knows the word. `waiting`: the model has not been asked yet. */
export type Verdict = 'right' | 'wrong' | 'open' | 'waiting';

export function verdictAt({ words, blanks }: Cloze, place: number): Verdict {
  const guess = blanks.get(place)?.guesses[0];
  if (guess === undefined) return 'waiting';
  if (!hasTruth(words[place])) return 'open';
  return guess.id === words[place].id ? 'right' : 'wrong';
}

/** Not of a gap that was typed as one; and of a word that is not in the vocabulary no guess could be right. */
export function hasTruth({ id }: StoryWord): boolean {
  return id !== MASK && id !== UNKNOWN;
}

/** Places of the same word that can be seen, in order. */
export function seenElsewhere({ words, masked }: Cloze, place: number): number[] {
  return words.flatMap(({ id }, at) => (at !== place && id === words[place].id && !masked.has(at) ? [at] : []));
}

/** Stands in an earlier sentence, and is not what its two neighbours alone would make one think of. */
function onlyEarlierTell(cloze: Cloze, place: number): boolean {
  const { words, blanks } = cloze;
  const neighbours = blanks.get(place)?.neighbours;
  if (neighbours === undefined || neighbours.id === words[place].id) return false;
  return seenElsewhere(cloze, place).some((at) => words[at].sentence < words[place].sentence);
}

export interface ClozeCount {
  right: number;
  /** Masked words whose truth is known and that the model was asked about. */
  words: number;
  earlierRight: number;
  earlier: number;
  /** Masked words that the model was not asked about yet, and those that nobody knows. */
  waiting: number;
  open: number;
}

export function countCloze(cloze: Cloze): ClozeCount {
  const count = { right: 0, words: 0, earlierRight: 0, earlier: 0, waiting: 0, open: 0 };
  for (const place of cloze.masked) {
    const verdict = verdictAt(cloze, place);
    if (verdict === 'open' || verdict === 'waiting') {
      count[verdict]++;
      continue;
    }
    const isRight = verdict === 'right';
    count.words++;
    if (isRight) count.right++;
    if (!onlyEarlierTell(cloze, place)) continue;
    count.earlier++;
    if (isRight) count.earlierRight++;
  }
  return count;
}

/** "7 of 9 words right, 3 of 4 that only earlier sentences tell". */
export function sayCount({ right, words, earlierRight, earlier, waiting, open }: ClozeCount): string {
  if (waiting > 0) return 'asking the model…';
  if (words === 0) return open === 0 ? 'no word is masked' : 'nobody knows the word';
  const all = `${right} of ${words} ${words === 1 ? 'word' : 'words'} right`;
  return earlier === 0 ? all : `${all}, ${earlierRight} of ${earlier} that only earlier sentences tell`;
}

/** The story for those who hear it: "mira had a blank 1, guess red, wrong, hammock". */
export function sayStory(cloze: Cloze): string {
  let blank = 0;
  const said = cloze.words.map(({ text, gap }, place) => {
    const word = cloze.masked.has(place) ? `${sayBlank(cloze, place, ++blank)},` : text;
    return `${gap ? ' ' : ''}${word}`;
  });
  return said.join('').replace(/,$/, '');
}

/** "blank 3, guess barn, right". @param number blanks of a story count from 1 */
export function sayBlank(cloze: Cloze, place: number, number: number): string {
  const verdict = verdictAt(cloze, place);
  const word = cloze.blanks.get(place)?.guesses[0]?.word;
  if (verdict === 'waiting') return `blank ${number}, not guessed yet`;
  return verdict === 'open' ? `blank ${number}, guess ${word}` : `blank ${number}, guess ${word}, ${verdict}`;
}

/** A blank's number in its story, from 1. */
export function blankNumber({ masked }: Cloze, place: number): number {
  return [...masked].filter((at) => at <= place).length;
}
