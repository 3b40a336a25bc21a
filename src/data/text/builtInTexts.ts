/** The stories that Patchwork writes by itself: nothing is written before it is asked for. */
import { Random } from '../../base/random.ts';
import type { BuiltInTexts } from '../../config/datasets.ts';
import { REPORT_KINDS, reportAt } from './reports.ts';
import type { Story } from './stories/grammar.ts';
import { TALE_TOPICS, taleAt } from './tales.ts';

interface StorySet {
  at(seed: number, split: string, index: number): Story;
  /** What they tell of, by `Story.topic`. */
  topics: readonly string[];
}

const STORY_SETS: Readonly<Record<BuiltInTexts, StorySet>> = {
  tales: { at: taleAt, topics: TALE_TOPICS },
  reports: { at: reportAt, topics: REPORT_KINDS },
};

/** The first that is drawn of a story: it is known before the story is written. */
export function topicAt(set: BuiltInTexts, seed: number, split: string, index: number): number {
  return new Random(seed, set, split, index).below(STORY_SETS[set].topics.length);
}

/** Its words and signs, with spaces between them. Depends on (seed, set, split, index) only. */
export function storyText(set: BuiltInTexts, seed: number, split: string, index: number): string {
  return STORY_SETS[set].at(seed, split, index).words.join(' ');
}

export function topicsOf(set: BuiltInTexts): string[] {
  return [...STORY_SETS[set].topics];
}
