import { describe } from 'vitest';
import { itProjectsByMars, itPullsByL2sp, itPullsByRecAdam, symmetricKlCases } from './cases/regularisers.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

const LENGTHS = [1, 3, 17, 64, 1000];

describe('regularisers', () => {
  describeEachBackend(() => {
    itPullsByL2sp(LENGTHS);
    itPullsByRecAdam(LENGTHS);
    itProjectsByMars();
  });
});

describe('symmetricKl', () => itHoldsOnEachBackend(symmetricKlCases));
