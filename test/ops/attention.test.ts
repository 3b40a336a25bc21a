import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { attentionReference } from '../../src/ops/attention.reference.ts';
import { attention, attentionWeights } from '../../src/ops/attention.ts';
import { attentionCases } from './cases/attention.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('attention', () => {
  itHoldsOnEachBackend(attentionCases);

  describeEachBackend(() => {
    it('shows its weights', async () => {
      const shape = { batch: 2, queries: 5, context: 3, width: 16, heads: 2 };
      const [q, kv] = [normalInput('q', [2, 5, 16]), normalInput('kv', [2, 3, 32])];
      const weights = attentionWeights(tf.tensor3d(q.values, [2, 5, 16]), tf.tensor3d(kv.values, [2, 3, 32]), 2);
      expect(weights.shape).toEqual([4, 5, 3]);
      const expected = attentionReference(q.values, kv.values, shape).weights;
      expectAllClose(await weights.data(), expected, { absolute: 1e-6, relative: 1e-5 });
    });

    it('gives no weight at all to what lies e^150 below', async () => {
      const q = tf.tensor3d([1, 0, 0, 0], [1, 1, 4]);
      const kv = tf.tensor3d([0, 0, 0, 0, 1, 1, 1, 1, -300, 0, 0, 0, 1e38, 1e38, 1e38, 1e38], [1, 2, 8]);
      expect([...(await attention(q, kv, 1).data())]).toEqual([1, 1, 1, 1]);
    });

    it('keeps a NaN of one sample out of the others', async () => {
      const q = normalInput('q', [2, 3, 8]);
      const kv = normalInput('kv', [2, 3, 16]);
      q.values[2] = Number.NaN;
      const out = await attention(tf.tensor3d(q.values, [2, 3, 8]), tf.tensor3d(kv.values, [2, 3, 16]), 2).data();
      // The NaN is in sample 0, query 0, head 0, which is the first half of its row.
      expect([...out].map(Number.isNaN)).toEqual(Array.from(out, (_, i) => i < 4));
    });
  });
});
