import type * as tf from '@tensorflow/tfjs-core';
import { linearReference } from '../../../src/ops/linear.reference.ts';
import { linear } from '../../../src/ops/linear.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function linearCase(name: string, x: Input, out: number): OpCase {
  const inner = x.shape.at(-1) as number;
  return {
    name,
    inputs: [x, normalInput('weight', [inner, out], 1 / Math.sqrt(inner)), normalInput('bias', [out])],
    op: (x, weight, bias) => linear(x, weight as tf.Tensor2D, bias as tf.Tensor1D),
    reference: linearReference,
    derivative: linearDerivative,
  };
}

function linearDerivative(dy: Float64Array, x: Float64Array, weight: Float64Array, bias: Float64Array): Float64Array[] {
  const out = bias.length;
  const inner = weight.length / out;
  const dx = new Float64Array(x.length);
  const dWeight = new Float64Array(weight.length);
  const dBias = new Float64Array(out);
  for (let row = 0; row < x.length / inner; row++) {
    for (let j = 0; j < out; j++) {
      const grad = dy[row * out + j];
      dBias[j] += grad;
      for (let k = 0; k < inner; k++) {
        dx[row * inner + k] += grad * weight[k * out + j];
        dWeight[k * out + j] += grad * x[row * inner + k];
      }
    }
  }
  return [dx, dWeight, dBias];
}

export const linearCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => linearCase(`${rows} rows, 12 to 20`, normalInput('x', [rows, 12]), 20)),
  linearCase('widths that fit no vector', normalInput('x', [7, 13]), 5),
  linearCase('one to one', normalInput('x', [3, 1]), 1),
  // The SIMD kernels work on blocks of 64 columns and slices of 256 rows.
  linearCase('more than one block and slice', normalInput('x', [300, 70]), 20),
  linearCase('a batch of sequences', normalInput('x', [2, 5, 8]), 6),
  linearCase('outliers', planted(normalInput('x', [4, 8]), { 2: 1e4, 9: -1e4 }), 6),
];
