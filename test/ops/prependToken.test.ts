import { describe } from 'vitest';
import { prependTokenCases } from './cases/prependToken.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('prependToken', () => itHoldsOnEachBackend(prependTokenCases));
