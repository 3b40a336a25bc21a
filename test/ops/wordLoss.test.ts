import { describe } from 'vitest';
import { itCountsRightWords, wordLossCases } from './cases/wordLoss.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('wordLoss', () => {
  itHoldsOnEachBackend(wordLossCases);
  describeEachBackend(itCountsRightWords);
});
