import { describe } from 'vitest';
import { biasedSelfAttentionCases, selfAttentionCases } from './cases/selfAttention.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('self-attention', () => {
  itHoldsOnEachBackend([...selfAttentionCases, ...biasedSelfAttentionCases]);
});
