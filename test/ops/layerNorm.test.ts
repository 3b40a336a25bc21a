import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { layerNormReference } from '../../src/ops/layerNorm.reference.ts';
import { LAYER_NORM_EPSILON, layerNorm } from '../../src/ops/layerNorm.ts';
import { layerNormCases } from './cases/layerNorm.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { itHoldsOnEachBackend, useBackend } from './support/nodeBackends.ts';

describe('layerNorm', () => {
  itHoldsOnEachBackend(layerNormCases);

  describe('the SIMD kernel', () => {
    beforeAll(() => useBackend('wasm with SIMD kernels'));

    it('sees that a row far from zero is constant', async () => {
      const width = 129;
      const x = tf.fill([2, width], 123456.78);
      const y = layerNorm(x, tf.ones([width]), tf.fill([width], 0.5));
      expectAllClose(await y.data(), new Float32Array(2 * width).fill(0.5), { absolute: 1e-2, relative: 0 });
    });

    it('keeps the digits of rows far from zero', async () => {
      const { shape, values } = normalInput('far', [5, 130], 1, 1e4);
      const [gamma, beta] = [new Float32Array(130).fill(1), new Float32Array(130)];
      const y = layerNorm(tf.tensor(values, shape), tf.tensor1d(gamma), tf.tensor1d(beta));
      // The mean itself is rounded to half a float's spacing at 1e4, which is 5e-4.
      expectAllClose(await y.data(), layerNormReference(values, gamma, beta, LAYER_NORM_EPSILON), {
        absolute: 6e-4,
        relative: 1e-5,
      });
    });
  });
});
