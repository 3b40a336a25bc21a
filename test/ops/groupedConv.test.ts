import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { groupedConv } from '../../src/ops/groupedConv.ts';
import { groupedConvCases } from './cases/groupedConv.ts';
import { normalInput } from './support/inputs.ts';
import { describeEachBackend, itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('groupedConv', () => {
  itHoldsOnEachBackend(groupedConvCases);

  describeEachBackend(() => {
    it("agrees with tfjs's own convolution where there is but one group", async () => {
      const [x, weight] = [normalInput('x', [2, 12, 5]), normalInput('weight', [9, 5, 5])];
      const ours = groupedConv(
        tf.tensor3d(x.values, [2, 12, 5]),
        tf.tensor3d(weight.values, [9, 5, 5]),
        tf.zeros([5]),
        1,
        [3, 4],
      );
      const theirs = tf.conv2d(tf.tensor4d(x.values, [2, 3, 4, 5]), tf.tensor4d(weight.values, [3, 3, 5, 5]), 1, 'same');
      const difference = await tf.max(tf.abs(tf.sub(tf.reshape(ours, [2, 3, 4, 5]), theirs))).data();
      expect(difference[0]).toBeLessThan(1e-5);
    });

    it('refuses what does not fit', () => {
      const [x, bias] = [tf.zeros<tf.Rank.R3>([1, 6, 4]), tf.zeros<tf.Rank.R1>([4])];
      expect(() => groupedConv(x, tf.zeros([9, 2, 4]), bias, 2, [2, 2])).toThrow(/does not have 6 tokens/);
      expect(() => groupedConv(x, tf.zeros([4, 2, 4]), bias, 2, [2, 3])).toThrow(/no middle/);
      expect(() => groupedConv(x, tf.zeros([9, 4, 4]), bias, 2, [2, 3])).toThrow(/do not fit/);
    });
  });
});
