import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { emaReference } from '../../../src/ops/ema.reference.ts';
import { updateEma } from '../../../src/ops/ema.ts';
import { expectAllClose } from '../support/closeness.ts';
import { normalInput, planted } from '../support/inputs.ts';

/** All checks of the moving average, on the backend that is current when they run. */
export function itAverages(): void {
  it.each([1, 3, 17, 65, 1000])('follows the reference for 5 updates of %i numbers', async (length) => {
    const start = planted(normalInput('average', [length]), { 0: 1e4 }).values;
    const average = tf.tidy(() => tf.variable(tf.tensor1d(start)));
    let expected: Float64Array = Float64Array.from(start);
    for (const [i, rate] of [0.9, 0.5, 0.996, 0.75, 0.25].entries()) {
      const { values } = normalInput(`values ${i}`, [length]);
      update(average, values, rate);
      expected = emaReference(expected, values, rate);
    }
    expectAllClose(await average.data(), expected, { absolute: 1e-6, relative: 1e-5 });
    average.dispose();
  });

  it('keeps every bit at a rate of 1', async () => {
    const { values } = normalInput('average', [33], 1e-3);
    const average = tf.tidy(() => tf.variable(tf.tensor1d(values)));
    update(average, normalInput('values', [33], 1e3).values, 1);
    expect(await average.data()).toEqual(values);
    average.dispose();
  });

  it('is the same twice, bit for bit, and leaves nothing in memory', async () => {
    const run = async () => {
      const average = tf.tidy(() => tf.variable(tf.tensor1d(normalInput('average', [65]).values)));
      const before = { tensors: tf.memory().numTensors, data: tf.backend().numDataIds() };
      update(average, normalInput('values', [65]).values, 0.7);
      expect({ tensors: tf.memory().numTensors, data: tf.backend().numDataIds() }).toEqual(before);
      const values = await average.data();
      average.dispose();
      return values;
    };
    expect(await run()).toEqual(await run());
  });
}

function update(average: tf.Variable, values: Float32Array, rate: number): void {
  tf.tidy(() => updateEma(average, tf.tensor1d(values), tf.scalar(rate)));
}
