import * as tf from '@tensorflow/tfjs-core';
import { meanAbsoluteErrorReference } from '../../../src/ops/meanAbsoluteError.reference.ts';
import { meanAbsoluteError } from '../../../src/ops/meanAbsoluteError.ts';
import { meanSquaredErrorReference } from '../../../src/ops/meanSquaredError.reference.ts';
import { meanSquaredError } from '../../../src/ops/meanSquaredError.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

/** Longer than the parts that a GPU's threads sum, and not a multiple of 4; with one long sum a digit would be lost. */
const LONG = [7, 13, 29];

function squaredCase(name: string, prediction: Input): OpCase {
  const target = normalInput('target', prediction.shape);
  return {
    name: `squared, ${name}`,
    inputs: [prediction],
    op: (x) => meanSquaredError(x, tf.tensor(target.values, target.shape)),
    reference: (x) => [meanSquaredErrorReference(x, target.values)],
    derivative: ([dy], x) => [x.map((value, i) => (2 * dy * (value - target.values[i])) / x.length)],
  };
}

function absoluteCase(name: string, prediction: Input): OpCase {
  const target = normalInput('target', prediction.shape);
  return {
    name: `absolute, ${name}`,
    inputs: [prediction],
    op: (x) => meanAbsoluteError(x, tf.tensor(target.values, target.shape)),
    reference: (x) => [meanAbsoluteErrorReference(x, target.values)],
    derivative: ([dy], x) => [x.map((value, i) => (dy * Math.sign(value - target.values[i])) / x.length)],
  };
}

const PREDICTIONS: [string, Input][] = [
  ['one number', normalInput('prediction', [1])],
  ['3 x 5', normalInput('prediction', [3, 5])],
  ['4 x 8', normalInput('prediction', [4, 8])],
  ['7 x 13 x 29', normalInput('prediction', LONG)],
  ['outliers', planted(normalInput('prediction', [2, 6]), { 1: 1e4, 7: -1e4 })],
];

export const meanErrorCases: OpCase[] = PREDICTIONS.flatMap(([name, input]) => [
  squaredCase(name, input),
  absoluteCase(name, input),
]);
