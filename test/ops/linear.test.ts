import { describe } from 'vitest';
import { linearCases } from './cases/linear.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('linear', () => itHoldsOnEachBackend(linearCases));
