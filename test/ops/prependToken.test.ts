import { describe } from 'vitest';
import { dropTokenCases, prependTokenCases } from './cases/prependToken.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('prependToken', () => itHoldsOnEachBackend(prependTokenCases));

describe('dropToken', () => itHoldsOnEachBackend(dropTokenCases));
