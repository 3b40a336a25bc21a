/** How far a word looks: in words and in sentences. */
import type { StoryWord } from './story.ts';

export interface Looking {
  /** Mean distance to what is attended to, among the words of the text; NaN where none is. */
  words: number;
  sentences: number;
  /** Share of the attention that falls on the places behind the text's end. */
  empty: number;
}

/** @param map (n) weights of one query over all places; the text's words come first */
export function lookingOf(map: Float32Array, query: number, words: readonly StoryWord[]): Looking {
  let total = 0;
  const sums = { words: 0, sentences: 0 };
  words.forEach(({ sentence }, place) => {
    total += map[place];
    sums.words += map[place] * Math.abs(place - query);
    sums.sentences += map[place] * Math.abs(sentence - words[query].sentence);
  });
  const all = map.reduce((sum, weight) => sum + weight, 0);
  return { words: sums.words / total, sentences: sums.sentences / total, empty: all > 0 ? (all - total) / all : 0 };
}

/** The same for attention that is spread evenly over the words of the text. */
export function evenly(query: number, words: readonly StoryWord[]): Looking {
  return lookingOf(new Float32Array(words.length).fill(1), query, words);
}

export interface Arc {
  from: number;
  to: number;
  weight: number;
}

/** Weights that are even but for rounding lie below this many times an even share. */
const NOTABLE = 1.001;

/** What one head attends to more than evenly, faint arcs first. @param map (n, n) rows of queries */
export function strongArcs(map: Float32Array, places: number, words: number): Arc[] {
  const arcs: Arc[] = [];
  for (let from = 0; from < words; from++) {
    for (let to = 0; to < words; to++) {
      const weight = map[from * places + to];
      if (from !== to && weight > NOTABLE / places) arcs.push({ from, to, weight });
    }
  }
  return arcs.sort((a, b) => a.weight - b.weight);
}
