import { describe } from 'vitest';
import { itCountsHits } from './cases/accuracy.ts';
import { describeEachBackend } from './support/nodeBackends.ts';

describe('accuracy', () => describeEachBackend(itCountsHits));
