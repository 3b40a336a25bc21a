import type { ObjectiveMetrics } from './facts.ts';

/** What objectives report that guess removed words. */
export const WORD_METRICS = {
  step: ['maskedWordAccuracy'],
  evaluation: ['maskedWordAccuracy', 'elsewhereAccuracy', 'wordCrossEntropy', 'perplexity'],
  explorer: 'maskedWordAccuracy',
} as const satisfies ObjectiveMetrics;
