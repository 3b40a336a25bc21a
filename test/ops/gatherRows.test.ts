import { describe } from 'vitest';
import { gatherRowsCases, itTakesNothingFromNowhere } from './cases/gatherRows.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('gatherRows', () => {
  itHoldsOnEachBackend(gatherRowsCases);
  describeEachBackend(itTakesNothingFromNowhere);
});
