/** Whether a model that fills words in has found out how to copy them (text.md 7.2). */
import type { Scores } from '../../../config/metrics.ts';
import { formatCount, formatPercent } from '../../format.ts';

/** Below this share of words that stand elsewhere, copying has not begun: grammar alone brings some of them. */
const COPIES = 0.2;
/** Copying comes late, and when is luck: before this step its absence means nothing. */
const LATE = 2000;
/** So near the level of two neighbours on each side, the grammar is learned. */
const NEAR = 0.03;
/** The reference that knows as much grammar as there is: see metrics/ngrams.ts. */
const GRAMMAR = 'two on each side';

export interface LookBack {
  message: string;
  /** Worth a second look. */
  isNotable: boolean;
}

/** Null where nothing of the kind is measured. @param references levels of masked words right, by name */
export function lookBackOf(step: number, scores: Scores, references: Readonly<Record<string, number>>): LookBack | null {
  const { maskedWordAccuracy: right, elsewhereAccuracy: elsewhere } = scores;
  if (right === undefined || elsewhere === undefined || Number.isNaN(elsewhere)) return null;
  const share = formatPercent(elsewhere, 0);
  if (elsewhere >= COPIES)
    return { message: `Looks back: right about ${share} of words that stand elsewhere.`, isNotable: false };
  const grammar = references[GRAMMAR];
  if (step >= LATE && grammar !== undefined && right >= grammar - NEAR) {
    return {
      message: `Knows the grammar, does not look back yet: right about ${share} of words that stand elsewhere.`,
      isNotable: true,
    };
  }
  const normal = step < LATE ? `, as is normal before step ${formatCount(LATE)}` : '';
  return { message: `Does not look back yet${normal}: right about ${share} of words that stand elsewhere.`, isNotable: false };
}
