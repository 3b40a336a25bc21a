import type * as tf from '@tensorflow/tfjs-core';
import { prependTokenReference } from '../../../src/ops/prependToken.reference.ts';
import { prependToken } from '../../../src/ops/prependToken.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

function prependTokenCase(batch: number, rows: number, width: number): OpCase {
  return {
    name: `B ${batch}, ${rows} rows of ${width}`,
    inputs: [normalInput('token', [width]), normalInput('x', [batch, rows, width])],
    op: (token, x) => prependToken(token as tf.Tensor1D, x as tf.Tensor3D),
    reference: (token, x) => prependTokenReference(token, x, batch),
  };
}

export const prependTokenCases: OpCase[] = [prependTokenCase(1, 1, 4), prependTokenCase(3, 5, 7), prependTokenCase(2, 16, 12)];
