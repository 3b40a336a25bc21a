/** Words that give a class away: a name of the class in every one of its texts, for instance. */
import { groupBy } from '../groupBy.ts';

export interface Giveaway {
  word: string;
  className: string;
}

/** A word gives a class away where so many of the class's texts hold it, and so many of those that hold it are of the class. */
const SHARE = 0.9;
/** A class of fewer texts says nothing. */
const FEWEST = 10;
const LOOKED_AT = 5000;
const WORDS = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;

/** The word of each class that gives it away the most, if any does. @param classes of the texts, in the same order */
export function findGiveaways(texts: readonly string[], classes: readonly (string | undefined)[]): Giveaway[] {
  const step = Math.max(1, texts.length / LOOKED_AT);
  const looked = Array.from({ length: Math.floor(texts.length / step) }, (_, i) => Math.floor(i * step));
  const byClass = groupBy(looked, (i) => classes[i]);
  if (byClass.size < 2) return [];
  const holding = new Map<string, Map<string | undefined, number>>();
  for (const i of looked) {
    for (const word of new Set(texts[i].toLowerCase().match(WORDS))) {
      const counts = holding.get(word) ?? new Map<string | undefined, number>();
      counts.set(classes[i], (counts.get(classes[i]) ?? 0) + 1);
      holding.set(word, counts);
    }
  }
  const best = new Map<string, { word: string; share: number }>();
  for (const [word, counts] of holding) {
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    for (const [className, count] of counts) {
      const size = byClass.get(className)?.length ?? 0;
      const share = Math.min(count / all, count / size);
      if (className === undefined || size < FEWEST || share <= SHARE || share <= (best.get(className)?.share ?? 0)) continue;
      best.set(className, { word, share });
    }
  }
  return [...best].map(([className, { word }]) => ({ word, className }));
}
