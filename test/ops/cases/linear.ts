import * as tf from '@tensorflow/tfjs-core';
import { linearGradientReference, linearReference } from '../../../src/ops/linear.reference.ts';
import { linear, linearOfData, linearResidual } from '../../../src/ops/linear.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

export function linearCase(name: string, x: Input, out: number): OpCase {
  return {
    name,
    inputs: [x, ...layerInputs(x, out)],
    op: (x, weight, bias) => linear(x, weight as tf.Tensor2D, bias as tf.Tensor1D),
    reference: linearReference,
    derivative: (dy, x, weight, bias) => linearGradientReference(dy, x, weight, bias.length),
  };
}

function linearResidualCase(name: string, x: Input, out: number): OpCase {
  return {
    name: `plus a residual, ${name}`,
    inputs: [x, ...layerInputs(x, out), normalInput('residual', [...x.shape.slice(0, -1), out])],
    op: (x, weight, bias, residual) => linearResidual(x, weight as tf.Tensor2D, bias as tf.Tensor1D, residual),
    reference: (x, weight, bias, residual) => linearReference(x, weight, bias).map((value, i) => residual[i] + value),
    derivative: (dy, x, weight, bias) => [...linearGradientReference(dy, x, weight, bias.length), dy],
  };
}

function linearOfDataCase(name: string, x: Input, out: number): OpCase {
  return {
    name: `of data, ${name}`,
    inputs: layerInputs(x, out),
    op: (weight, bias) => linearOfData(tf.tensor(x.values, x.shape), weight as tf.Tensor2D, bias as tf.Tensor1D),
    reference: (weight, bias) => linearReference(x.values, weight, bias),
    derivative: (dy, weight, bias) => linearGradientReference(dy, x.values, weight, bias.length).slice(1),
  };
}

function layerInputs(x: Input, out: number): Input[] {
  const inner = x.shape.at(-1) as number;
  return [normalInput('weight', [inner, out], 1 / Math.sqrt(inner)), normalInput('bias', [out])];
}

export const linearCases: OpCase[] = [
  ...[1, 3, 17, 65].map((rows) => linearCase(`${rows} rows, 12 to 20`, normalInput('x', [rows, 12]), 20)),
  linearCase('widths that fit no vector', normalInput('x', [7, 13]), 5),
  linearCase('from a width that fits one to one that does not', normalInput('x', [17, 8]), 33),
  linearCase('from a width that does not to one that fits', normalInput('x', [17, 21]), 8),
  linearCase('one to one', normalInput('x', [3, 1]), 1),
  linearCase('one to many', normalInput('x', [5, 1]), 10),
  // The SIMD kernels work on blocks of 64 columns and slices of 256 rows.
  linearCase('more than one block and slice', normalInput('x', [300, 70]), 20),
  linearCase('a batch of sequences', normalInput('x', [2, 5, 8]), 6),
  linearCase('outliers', planted(normalInput('x', [4, 8]), { 2: 1e4, 9: -1e4 }), 6),
  linearResidualCase('a batch of sequences', normalInput('x', [2, 5, 8]), 6),
  linearResidualCase('17 rows, 12 to 20', normalInput('x', [17, 12]), 20),
  linearOfDataCase('17 rows, 12 to 20', normalInput('x', [17, 12]), 20),
  linearOfDataCase('3 to 10', normalInput('x', [65, 3]), 10),
];
