import { describe } from 'vitest';
import { rowsCases } from './cases/rows.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('rows', () => itHoldsOnEachBackend(rowsCases));
