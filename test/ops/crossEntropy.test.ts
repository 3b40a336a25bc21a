import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { crossEntropyCases } from './cases/crossEntropy.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('crossEntropy', () => {
  itHoldsOnEachBackend(crossEntropyCases);

  describeEachBackend(() => {
    it('is ln n for n equal logits, and 0 for a certain right answer', async () => {
      const labels = tf.tensor1d([2, 0], 'int32');
      const [even] = await crossEntropy(tf.zeros([2, 16]), labels).data();
      expect(even).toBeCloseTo(Math.log(16), 6);
      const certain = tf.tensor2d([
        [0, 0, 1e4],
        [1e4, 0, 0],
      ]);
      const [loss] = await crossEntropy(certain, labels).data();
      expect(loss).toBe(0);
    });

    it('passes NaN on', async () => {
      const [loss] = await crossEntropy(tf.tensor2d([[1, Number.NaN, 0]]), tf.tensor1d([0], 'int32')).data();
      expect(loss).toBeNaN();
    });
  });
});
