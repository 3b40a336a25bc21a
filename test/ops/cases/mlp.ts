import type * as tf from '@tensorflow/tfjs-core';
import { mlpReference } from '../../../src/ops/mlp.reference.ts';
import { mlp } from '../../../src/ops/mlp.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function mlpCase(name: string, x: Input, hidden: number, samples = 24): OpCase {
  const width = x.shape.at(-1) as number;
  return {
    name,
    inputs: [
      x,
      normalInput('weight1', [width, hidden], 1 / Math.sqrt(width)),
      normalInput('bias1', [hidden]),
      normalInput('weight2', [hidden, width], 1 / Math.sqrt(hidden)),
      normalInput('bias2', [width]),
      normalInput('residual', x.shape),
    ],
    op: (x, weight1, bias1, weight2, bias2, residual) =>
      mlp(
        x,
        {
          weight1: weight1 as tf.Tensor2D,
          bias1: bias1 as tf.Tensor1D,
          weight2: weight2 as tf.Tensor2D,
          bias2: bias2 as tf.Tensor1D,
        },
        residual,
      ),
    reference: mlpReference,
    samples,
  };
}

export const mlpCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => mlpCase(`${rows} rows, 12 by 20`, normalInput('x', [rows, 12]), 20, 12)),
  mlpCase('widths that fit no vector', normalInput('x', [7, 3]), 10),
  mlpCase('a width that fits one, a hidden width that does not', normalInput('x', [5, 4]), 21),
  mlpCase('one by one', normalInput('x', [3, 1]), 1),
  mlpCase('more than a tile each way', normalInput('x', [130, 36]), 72, 4),
  mlpCase('a batch of sequences', normalInput('x', [2, 5, 8]), 6),
  mlpCase('outliers', planted(normalInput('x', [4, 8]), { 2: 1e3, 9: -1e3 }), 12),
];
