/** What the words of a training set are: how often each comes, and how many have no place in the vocabulary. */
import { FIRST_WORD, UNKNOWN } from '../../config/modalities/tokens.ts';

export interface TokenFacts {
  /** All that were counted, unknown ones too. */
  tokens: number;
  /** Share of unknown ones. */
  unknown: number;
  /** Different ones that come at all, unknown ones left out. */
  different: number;
  /** Ids by how often they come, the commonest first; those that never come are missing. */
  ranked: readonly number[];
}

/** @param counts (vocabulary) how often each id comes in the training texts */
export function tokenFacts(counts: ArrayLike<number>): TokenFacts {
  const ids = Array.from({ length: counts.length }, (_, id) => id).filter((id) => id >= FIRST_WORD && counts[id] > 0);
  const known = ids.reduce((sum, id) => sum + counts[id], 0);
  const unknown = counts[UNKNOWN] ?? 0;
  const tokens = known + unknown;
  return {
    tokens,
    unknown: tokens === 0 ? 0 : unknown / tokens,
    different: ids.length,
    ranked: ids.sort((a, b) => counts[b] - counts[a] || a - b),
  };
}

/** Points of the plot of frequency against rank, both as shares of their logarithms: 0 at the left and the bottom, 1 at the other ends. */
export function rankPoints(ranked: readonly number[], counts: ArrayLike<number>): { x: number; y: number }[] {
  const [right, top] = [Math.log(Math.max(2, ranked.length)), Math.log(Math.max(2, counts[ranked[0]] ?? 0))];
  return ranked.map((id, rank) => ({ x: Math.log(rank + 1) / right, y: Math.log(counts[id]) / top }));
}
