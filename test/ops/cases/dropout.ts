import * as tf from '@tensorflow/tfjs-core';
import { dropoutReference } from '../../../src/ops/dropout.reference.ts';
import { dropout, dropPath } from '../../../src/ops/dropout.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

interface Settings {
  shape: number[];
  rate: number;
  seed: number;
  step: number;
  stream: number;
}

/** Which are dropped is a matter of bits: one wrong draw is far outside any tolerance. */
function dropoutCase({ shape, rate, seed, step, stream }: Settings): OpCase {
  return {
    name: `dropout of ${shape} at ${rate}, seed ${seed}, step ${step}, stream ${stream}`,
    inputs: [normalInput('x', shape)],
    op: (x) => dropout(x, keyOf(seed, step), { rate, stream, group: 1 }),
    reference: (x) => dropoutReference(x, [seed, step], { rate, stream, group: 1 }),
  };
}

function dropPathCase({ shape, rate, seed, step, stream }: Settings): OpCase {
  const [batch, ...rest] = shape as [number, ...number[]];
  const group = rest.reduce((product, size) => product * size, 1);
  return {
    name: `drop path of ${batch} samples at ${rate}`,
    inputs: [normalInput('x', shape)],
    op: (x) => dropPath(x, keyOf(seed, step), rate, stream),
    reference: (x) => dropoutReference(x, [seed, step], { rate, stream, group }),
  };
}

function keyOf(seed: number, step: number): tf.Tensor1D {
  return tf.tensor1d([seed, step], 'int32');
}

export const dropoutCases: OpCase[] = [
  dropoutCase({ shape: [1], rate: 0.5, seed: 0, step: 0, stream: 0 }),
  dropoutCase({ shape: [3, 17], rate: 0.1, seed: 1, step: 7, stream: 2 }),
  dropoutCase({ shape: [65, 3], rate: 0.5, seed: -1, step: 2_000_000_000, stream: 11 }),
  dropoutCase({ shape: [2, 5, 64], rate: 0.9, seed: -2_147_483_648, step: 1, stream: 4_000_000_000 }),
  dropPathCase({ shape: [32, 3, 4], rate: 0.3, seed: 9, step: 4, stream: 1 }),
  dropPathCase({ shape: [65, 7], rate: 0.75, seed: 9, step: 5, stream: 2 }),
];
