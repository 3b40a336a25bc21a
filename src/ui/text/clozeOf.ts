/** From what a trainer reports of masked words to what is drawn of them. */
import type { FilledText, WordSample } from '../../trainer/reports.ts';
import type { Attended, Blank, Cloze, Guess } from './cloze.ts';
import type { StoryWord } from './story.ts';

/** @param words of the same text, by place @param names what ids stand for */
export function clozeOf(sample: WordSample, words: readonly StoryWord[], names: readonly string[]): Cloze {
  const blanks = new Map<number, Blank>();
  sample.places.forEach((place, i) => {
    if (place < words.length) blanks.set(place, blankOf(sample, i, names));
  });
  return { words, masked: new Set(blanks.keys()), blanks };
}

/** With what masked words attend to, where the same words are masked in `filled`. */
export function withAttention(cloze: Cloze, filled: FilledText | undefined): Cloze {
  if (filled?.attended === undefined || !sameMask(cloze, filled)) return cloze;
  const { attended, places } = filled;
  const length = attended.length / places.length;
  const blanks = new Map(cloze.blanks);
  places.forEach((place, i) => {
    const blank = blanks.get(place);
    const layers = attendedWords(attended.subarray(i * length, (i + 1) * length), filled.ids.length, cloze);
    if (blank !== undefined) blanks.set(place, { ...blank, attended: layers });
  });
  return { ...cloze, blanks };
}

function sameMask({ masked }: Cloze, { places }: FilledText): boolean {
  return masked.size === places.length && places.every((place) => masked.has(place));
}

/** Words of each layer that are told. */
const ATTENDED = 5;

/** @param weights (depth, n) of one masked word */
function attendedWords(weights: Float32Array, n: number, { words, masked }: Cloze): Attended[][] {
  return Array.from({ length: weights.length / n }, (_, layer) => {
    const row = weights.subarray(layer * n, (layer + 1) * n);
    const all = words.map(({ text }, place) => ({ place, word: masked.has(place) ? '▢' : text, weight: row[place] }));
    return all.sort((a, b) => b.weight - a.weight || a.place - b.place).slice(0, ATTENDED);
  });
}

/** The same story with other masks: what is known of those that stay, is not known with these. */
export function withMasks({ words }: Cloze, masked: ReadonlySet<number>): Cloze {
  return { words, masked, blanks: new Map() };
}

function blankOf({ guesses, probabilities, guessed, neighbours }: WordSample, i: number, names: readonly string[]): Blank {
  const wordOf = (id: number): string => (names[id] ?? '?').trim() || '␣';
  const list = Array.from({ length: guessed }, (_, rank): Guess => {
    const at = i * guessed + rank;
    const guess = { id: guesses[at], word: wordOf(guesses[at]), probability: probabilities[at] };
    return neighbours === undefined ? guess : { ...guess, neighbours: neighbours.ofGuesses[at] };
  });
  if (neighbours === undefined) return { guesses: list };
  const id = neighbours.guesses[i];
  return { guesses: list, neighbours: { id, word: wordOf(id), probability: neighbours.probabilities[i] } };
}
