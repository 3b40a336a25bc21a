import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { softCrossEntropy } from '../../src/ops/softCrossEntropy.ts';
import { softCrossEntropyCases } from './cases/softCrossEntropy.ts';
import { normalInput } from './support/inputs.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('softCrossEntropy', () => {
  itHoldsOnEachBackend(softCrossEntropyCases);

  describeEachBackend(() => {
    it('is cross-entropy when a row is sure of one class', async () => {
      const logits = tf.tensor2d(normalInput('logits', [3, 4]).values, [3, 4]);
      const [hard] = await crossEntropy(logits, tf.tensor1d([2, 0, 3], 'int32')).data();
      const [soft] = await softCrossEntropy(logits, tf.tensor2d([0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 1], [3, 4])).data();
      expect(soft).toBeCloseTo(hard, 5);
    });

    it('refuses targets of another shape', () => {
      expect(() => softCrossEntropy(tf.zeros([2, 3]), tf.zeros([2, 4]))).toThrow(/softCrossEntropy/);
    });
  });
});
