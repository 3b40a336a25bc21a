import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerNormReference } from '../../src/ops/layerNorm.reference.ts';
import { LAYER_NORM_EPSILON, layerNorm } from '../../src/ops/layerNorm.ts';
import { layerNormCases, layerNormForkCases } from './cases/layerNorm.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { itHoldsOnEachBackend, useBackend } from './support/nodeBackends.ts';

describe('layerNorm', () => {
  itHoldsOnEachBackend([...layerNormCases, ...layerNormForkCases]);

  describe('the SIMD kernel', () => {
    beforeAll(() => useBackend('wasm with SIMD kernels'));

    it('sees a pattern of single float steps far from zero', async () => {
      const width = 129;
      const step = 1 / 128;
      const x = Float32Array.from({ length: width }, (_, i) => 100_000 + (i % 3) * step);
      const y = layerNorm(tf.tensor2d(x, [1, width]), tf.ones([width]), tf.zeros([width]));
      const expected = layerNormReference(x, new Float32Array(width).fill(1), new Float32Array(width), LAYER_NORM_EPSILON);
      const spread = (values: ArrayLike<number>) => values[2] - values[0];
      expect(spread(await y.data()) / spread(expected)).toBeCloseTo(1, 3);
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
