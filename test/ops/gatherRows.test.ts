import { describe } from 'vitest';
import { gatherRowsCases } from './cases/gatherRows.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('gatherRows', () => itHoldsOnEachBackend(gatherRowsCases));
