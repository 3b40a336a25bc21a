import { describe } from 'vitest';
import { gatherTableCases, relativeBiasCases } from './cases/gatherTable.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('gatherTable', () => itHoldsOnEachBackend(gatherTableCases));

describe('relativeBias', () => itHoldsOnEachBackend(relativeBiasCases));
