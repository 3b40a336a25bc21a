/** What both kinds of built-in story share: how words are drawn, how a sentence is filled in, and how long a story may be. */
import type { Random } from '../../../base/random.ts';

/** A built-in story and the class that it tells of. */
export interface Story {
  /** Its words in order, the full stop of every sentence among them. */
  words: string[];
  topic: number;
}

/** Words of a story, full stops counted. */
const FEWEST_WORDS = 32;
export const MOST_WORDS = 56;

export const GLAD = split('glad happy proud calm');
export const SAD = split('sad angry upset gloomy');
/** What 4 of 10 steps of a plot begin with. */
export const LATER = ['later', 'soon', 'then', 'after a week'];
export const PRONOUNS = split('she he her him his hers');

/** Words that are put into sentences of both by code. */
export const GLUE = split('the a an meanwhile .');

/** What stands for each `{slot}` of a sentence's pattern. */
export type Slots = Readonly<Record<string, string>>;

export function split(words: string): string[] {
  return words.split(' ');
}

/** The first words of a list are the common ones, as in language: the first of 24 has 20 % of the draws. */
export function skew<T>(random: Random, items: readonly T[]): T {
  const u = random.uniform();
  return items[Math.floor(u * u * items.length)];
}

/** Two different items, in the order in which they were drawn. */
export function two<T>(random: Random, items: readonly T[]): [T, T] {
  const first = random.below(items.length);
  const second = 1 + random.below(items.length - 1);
  // As if the first had changed places with the item in front.
  return [items[first], items[second === first ? 0 : second]];
}

export function fill(pattern: string, slots: Slots): string {
  return pattern.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot]);
}

/** Draws stories from the one stream until one has a good length, so that its class stays uniform. */
export function drawStory(topic: number, draw: () => string[]): Story {
  for (;;) {
    const words = draw().flatMap((sentence) => [...split(sentence), '.']);
    if (words.length >= FEWEST_WORDS && words.length <= MOST_WORDS) return { words, topic };
  }
}
