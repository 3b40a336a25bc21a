import { describe } from 'vitest';
import { infoNceCases, itMatches } from './cases/infoNce.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('infoNce', () => {
  itHoldsOnEachBackend(infoNceCases);
  describeEachBackend(itMatches);
});
