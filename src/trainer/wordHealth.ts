/** What the numbers of guessed words say of a run, in a sentence (text.md 7). */
import type { Scores } from '../config/metrics.ts';
import type { Health } from './reports.ts';

/** Copying from elsewhere in the text begins suddenly, and late: from here on its absence is worth a word. */
const LATE_STEP = 2000;
/** From here on a model looks back. */
const LOOKS_BACK = 0.2;
/** The n-gram that knows grammar and nothing else. */
const GRAMMAR = 'two on each side';

/**
 * @param levels shares of n-grams, by name; empty until they are counted
 * @returns undefined where nothing was measured
 */
export function wordHealth(step: number, scores: Scores, levels: Readonly<Record<string, number>>): Health | undefined {
  const { maskedWordAccuracy: right = Number.NaN, elsewhereAccuracy: elsewhere = Number.NaN } = scores;
  if (!Number.isFinite(right) || !Number.isFinite(elsewhere)) return undefined;
  const copies = `${percent(elsewhere)} of the masked words that also stand elsewhere in their text are right`;
  if (elsewhere >= LOOKS_BACK) return { verdict: 'healthy', message: `Looks back: ${copies}.` };
  const grammar = levels[GRAMMAR] ?? Number.NaN;
  if (step < LATE_STEP) {
    return { verdict: 'healthy', message: `Learns grammar first: ${copies}. Looking back comes later, and then all at once.` };
  }
  if (!(right >= grammar)) return { verdict: 'healthy', message: `Still learns grammar: ${copies}.` };
  return {
    verdict: 'healthy',
    isNotable: true,
    message:
      `Knows the grammar, does not look back yet: ${percent(right)} of all masked words are right, no fewer than two neighbours ` +
      `on each side tell (${percent(grammar)}), but only ${copies}. A longer run may, or one with another seed.`,
  };
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
