import { describe } from 'vitest';
import { itAverages } from './cases/ema.ts';
import { describeEachBackend } from './support/nodeBackends.ts';

describe('updateEma', () => describeEachBackend(itAverages));
