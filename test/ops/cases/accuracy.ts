import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { accuracyReference } from '../../../src/ops/accuracy.reference.ts';
import { accuracy } from '../../../src/ops/accuracy.ts';
import { normalInput } from '../support/inputs.ts';

/** All checks of the accuracy, on the backend that is current when they run. */
export function itCountsHits(): void {
  it.each([
    [1, 2],
    [3, 5],
    [17, 3],
    [65, 16],
    [1000, 4],
  ])('counts the hits of %i rows of %i classes', async (rows, classes) => {
    const { values } = normalInput('logits', [rows, classes]);
    const random = new Random(6, rows, classes);
    const labels = Int32Array.from({ length: rows }, () => random.below(classes));
    expect(await measure(values, labels)).toBeCloseTo(accuracyReference(values, labels), 6);
  });

  it('takes the first of equal scores', async () => {
    const logits = Float32Array.of(1, 1, 0, 0, 2, 2, -1, -1, -1, 5, 5, 5);
    expect(await measure(logits, Int32Array.of(0, 1, 0, 0))).toBe(1);
    expect(await measure(logits, Int32Array.of(1, 2, 1, 2))).toBe(0);
  });

  it('finds outliers of either sign', async () => {
    expect(await measure(Float32Array.of(-1e30, -1e-30, 1e30, 1e-30), Int32Array.of(1, 0))).toBe(1);
  });

  it('leaves nothing in memory', async () => {
    const before = { tensors: tf.memory().numTensors, data: tf.backend().numDataIds() };
    await measure(normalInput('logits', [7, 3]).values, new Int32Array(7));
    expect({ tensors: tf.memory().numTensors, data: tf.backend().numDataIds() }).toEqual(before);
  });
}

async function measure(logits: Float32Array, labels: Int32Array): Promise<number> {
  const shape: [number, number] = [labels.length, logits.length / labels.length];
  const share = tf.tidy(() => accuracy(tf.tensor2d(logits, shape), tf.tensor1d(labels, 'int32')));
  const [value] = await share.data();
  share.dispose();
  return value;
}
