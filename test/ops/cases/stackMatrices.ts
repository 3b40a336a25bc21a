import type * as tf from '@tensorflow/tfjs-core';
import { stackMatrices } from '../../../src/ops/stackMatrices.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

function stackCase(count: number, rows: number, width: number): OpCase {
  return {
    name: `stack ${count} of ${rows} x ${width}`,
    inputs: Array.from({ length: count }, (_, i) => normalInput(`matrix ${i}`, [rows, width])),
    op: (...matrices) => stackMatrices(matrices as tf.Tensor2D[]),
    reference: (...arrays) => arrays.flatMap((array) => [...array]),
  };
}

export const stackMatricesCases: OpCase[] = [stackCase(1, 2, 3), stackCase(2, 5, 4), stackCase(3, 1, 7)];
