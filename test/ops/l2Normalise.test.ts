import { describe } from 'vitest';
import { itNormalises, l2NormaliseCases } from './cases/l2Normalise.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('l2Normalise', () => {
  itHoldsOnEachBackend(l2NormaliseCases);
  describeEachBackend(itNormalises);
});
