import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { gelu } from '../../src/ops/gelu.ts';
import { geluCases } from './cases/gelu.ts';
import { expectAllClose } from './support/closeness.ts';
import { describeEachBackend, itHoldsOnEachBackend, useBackend } from './support/nodeBackends.ts';

describe('gelu', () => {
  itHoldsOnEachBackend(geluCases);

  describeEachBackend(() => {
    it('passes NaN on, forward and backward', async () => {
      const x = tf.tensor1d([1, Number.NaN, -1, 2, 3]);
      const value = await gelu(x).data();
      expect([...value].map(Number.isNaN)).toEqual([false, true, false, false, false]);
      const gradient = await tf
        .grad((t: tf.Tensor) => gelu(t))(x)
        .data();
      expect([...gradient].map(Number.isNaN)).toEqual([false, true, false, false, false]);
    });
  });

  describe('the SIMD kernel', () => {
    beforeAll(() => useBackend('wasm with SIMD kernels'));

    it('keeps its relative accuracy down the negative tail', async () => {
      const x = Float32Array.from({ length: 1000 }, (_, i) => -i / 80);
      const actual = await gelu(tf.tensor1d(x)).data();
      const expected = Array.from(x, (value) => value * normalTail(-value));
      // e^(-x^2 / 2) turns the rounding of x^2 / 2, at most 78, into a relative error.
      expectAllClose(actual, expected, { absolute: 1e-37, relative: 5e-6 });
    });
  });
});

/** Phi(-z) for z >= 0 by Laplace's continued fraction from far out, and by Simpson's rule from 0 near it. */
function normalTail(z: number): number {
  const density = Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  if (z > 3) {
    let fraction = 0;
    for (let n = 200; n >= 1; n--) fraction = n / (z + fraction);
    return density / (z + fraction);
  }
  const bell = (t: number) => Math.exp(-0.5 * t * t) / Math.sqrt(2 * Math.PI);
  const steps = 2000;
  let area = 0;
  for (let i = 0; i < steps; i++) {
    const [a, b] = [(z * i) / steps, (z * (i + 1)) / steps];
    area += ((b - a) / 6) * (bell(a) + 4 * bell((a + b) / 2) + bell(b));
  }
  return 0.5 - area;
}
