import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { crossEntropyReference } from '../../../src/ops/crossEntropy.reference.ts';
import { crossEntropy } from '../../../src/ops/crossEntropy.ts';
import { expectAllClose } from '../support/closeness.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function crossEntropyCase(name: string, logits: Input): OpCase {
  const [rows, classes] = logits.shape;
  const random = new Random(3, name);
  const labels = Int32Array.from({ length: rows }, () => random.below(classes));
  return {
    name,
    inputs: [logits],
    op: (x) => crossEntropy(x as tf.Tensor2D, tf.tensor1d(labels, 'int32')),
    reference: (x) => [crossEntropyReference(x, labels)],
    derivative: (upstream, x) => [crossEntropyDerivative(upstream[0], x, labels)],
  };
}

/** (softmax - one-hot) / rows. */
function crossEntropyDerivative(upstream: number, logits: Float64Array, labels: Int32Array): Float64Array {
  const classes = logits.length / labels.length;
  const gradient = new Float64Array(logits.length);
  labels.forEach((label, row) => {
    const scores = logits.subarray(row * classes, (row + 1) * classes);
    const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    for (let j = 0; j < classes; j++) {
      gradient[row * classes + j] = (upstream * (exponentials[j] / total - (j === label ? 1 : 0))) / labels.length;
    }
  });
  return gradient;
}

export const crossEntropyCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => crossEntropyCase(`${rows} rows of 16 classes`, normalInput('logits', [rows, 16]))),
  ...[2, 5, 10, 65].map((classes) => crossEntropyCase(`7 rows of ${classes} classes`, normalInput('logits', [7, classes]))),
  crossEntropyCase('logits of 1e4', planted(normalInput('logits', [5, 6]), { 0: 1e4, 8: -1e4, 13: 1e4, 14: 1e4, 20: 1e4 })),
  crossEntropyCase('logits far from zero', normalInput('logits', [4, 9], 2, -500)),
];

/** Values known beforehand, on the backend that is current when the tests run. */
export function itMeasuresSurprise(): void {
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

  it('is not finite when a logit is not a number', async () => {
    // NaN nearly everywhere; SwiftShader takes exp(NaN) for infinite.
    const [loss] = await crossEntropy(tf.tensor2d([[1, Number.NaN, 0]]), tf.tensor1d([0], 'int32')).data();
    expect(loss).not.toSatisfy(Number.isFinite);
  });

  it('takes a label that names no class for none of them', async () => {
    const labels = tf.tensor1d([-1, 2_000_000_000, 4], 'int32');
    const dLogits = tf.grad((x: tf.Tensor) => crossEntropy(x as tf.Tensor2D, labels))(tf.zeros([3, 4]));
    expectAllClose(await dLogits.data(), new Float32Array(12).fill(1 / 12), { absolute: 1e-7, relative: 0 });
  });
}
