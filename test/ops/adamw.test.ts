import { describe } from 'vitest';
import { itUpdatesLikeAdamW } from './cases/adamw.ts';
import { describeEachBackend } from './support/nodeBackends.ts';

describe('adamW', () => describeEachBackend(itUpdatesLikeAdamW));
