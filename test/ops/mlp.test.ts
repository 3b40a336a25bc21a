import { describe } from 'vitest';
import { mlpCases } from './cases/mlp.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('mlp', () => {
  itHoldsOnEachBackend(mlpCases);
});
