import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/base/random.ts';
import { crossEntropyReference } from '../../../src/ops/crossEntropy.reference.ts';
import { crossEntropy } from '../../../src/ops/crossEntropy.ts';
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
