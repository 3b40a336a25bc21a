import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { stackMatrices } from '../../src/ops/stackMatrices.ts';
import { stackMatricesCases } from './cases/stackMatrices.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

describe('stackMatrices', () => {
  itHoldsOnEachBackend(stackMatricesCases);

  it('refuses matrices of different shapes', () => {
    expect(() => stackMatrices([tf.zeros([2, 3]), tf.zeros([3, 2])])).toThrow(/stackMatrices/);
  });
});
