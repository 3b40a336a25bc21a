import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { crossEntropyCases, itMeasuresSurprise } from './cases/crossEntropy.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('crossEntropy', () => {
  itHoldsOnEachBackend(crossEntropyCases);

  describeEachBackend(() => {
    itMeasuresSurprise();

    it('passes NaN on', async () => {
      const [loss] = await crossEntropy(tf.tensor2d([[1, Number.NaN, 0]]), tf.tensor1d([0], 'int32')).data();
      expect(loss).toBeNaN();
    });
  });
});
