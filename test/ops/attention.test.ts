import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { attentionReference } from '../../src/ops/attention.reference.ts';
import { attentionWeights } from '../../src/ops/attention.ts';
import { attentionCases, biasedAttentionCases, itMeetsExtremes } from './cases/attention.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('attention', () => {
  itHoldsOnEachBackend([...attentionCases, ...biasedAttentionCases]);

  describeEachBackend(() => {
    it('shows its weights', async () => {
      const shape = { batch: 2, queries: 5, context: 3, width: 16, heads: 2 };
      const [q, kv] = [normalInput('q', [2, 5, 16]), normalInput('kv', [2, 3, 32])];
      const weights = attentionWeights(tf.tensor3d(q.values, [2, 5, 16]), tf.tensor3d(kv.values, [2, 3, 32]), 2);
      expect(weights.shape).toEqual([4, 5, 3]);
      const expected = attentionReference(q.values, kv.values, shape).weights;
      expectAllClose(await weights.data(), expected, { absolute: 1e-6, relative: 1e-5 });
    });

    itMeetsExtremes();
  });
});
