import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { meanAbsoluteError } from '../../src/ops/meanAbsoluteError.ts';
import { meanSquaredError } from '../../src/ops/meanSquaredError.ts';
import { meanErrorCases } from './cases/meanError.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('mean errors', () => {
  itHoldsOnEachBackend(meanErrorCases);

  describeEachBackend(() => {
    it('are known for simple numbers, with a slope of 0 where nothing is wrong', async () => {
      const [prediction, target] = [tf.tensor1d([1, 5, -2]), tf.tensor1d([1, 2, 2])];
      expect((await meanSquaredError(prediction, target).data())[0]).toBeCloseTo(25 / 3, 5);
      expect((await meanAbsoluteError(prediction, target).data())[0]).toBeCloseTo(7 / 3, 5);
      const slope = await tf
        .grad((x: tf.Tensor) => meanAbsoluteError(x, target))(prediction)
        .data();
      expect([...slope].map((value) => Math.round(value * 3) + 0)).toEqual([0, 1, -1]);
    });

    it('refuse shapes that differ', () => {
      expect(() => meanSquaredError(tf.zeros([2, 3]), tf.zeros([3, 2]))).toThrow(/meanSquaredError/);
      expect(() => meanAbsoluteError(tf.zeros([2]), tf.zeros([1]))).toThrow(/meanAbsoluteError/);
    });
  });
});
