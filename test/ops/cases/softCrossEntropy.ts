import * as tf from '@tensorflow/tfjs-core';
import { softCrossEntropyReference } from '../../../src/ops/softCrossEntropy.reference.ts';
import { softCrossEntropy } from '../../../src/ops/softCrossEntropy.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function softCrossEntropyCase(name: string, logits: Input): OpCase {
  const [rows, classes] = logits.shape as [number, number];
  const targets = probabilities(normalInput('targets', [rows, classes]).values, classes);
  return {
    name,
    inputs: [logits],
    op: (x) => softCrossEntropy(x as tf.Tensor2D, tf.tensor2d(targets, [rows, classes])),
    reference: (x) => [softCrossEntropyReference(x, targets, rows)],
  };
}

/** Shares of sixteenths, which single precision adds up to exactly 1: most of a row at one class, as with label smoothing. */
function probabilities(draws: Float32Array, classes: number): Float32Array {
  const shares = new Float32Array(draws.length);
  for (let start = 0; start < draws.length; start += classes) {
    for (let k = 0; k < 16; k++) {
      const place = k < 10 ? 0 : Math.floor(Math.abs(draws[start + (k % classes)]) * 1000);
      shares[start + ((start + place) % classes)] += 1 / 16;
    }
  }
  return shares;
}

export const softCrossEntropyCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => softCrossEntropyCase(`${rows} rows of 10 classes`, normalInput('logits', [rows, 10]))),
  ...[2, 5, 8, 65].map((classes) => softCrossEntropyCase(`7 rows of ${classes} classes`, normalInput('logits', [7, classes]))),
  softCrossEntropyCase('logits of 1e3', planted(normalInput('logits', [5, 6]), { 0: 1e3, 8: -1e3, 14: 1e3, 20: 1e3 })),
  softCrossEntropyCase('logits far from zero', normalInput('logits', [4, 9], 2, -500)),
];
