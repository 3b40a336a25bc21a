import type * as tf from '@tensorflow/tfjs-core';
import { dropTokenReference, prependTokenReference } from '../../../src/ops/prependToken.reference.ts';
import { dropToken, prependToken } from '../../../src/ops/prependToken.ts';
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

function dropTokenCase(batch: number, rows: number, width: number): OpCase {
  return {
    name: `B ${batch}, ${rows} rows of ${width}, without the first`,
    inputs: [normalInput('x', [batch, rows, width])],
    op: (x) => dropToken(x as tf.Tensor3D),
    reference: (x) => dropTokenReference(x, batch, width),
  };
}

export const prependTokenCases: OpCase[] = [prependTokenCase(1, 1, 4), prependTokenCase(3, 5, 7), prependTokenCase(2, 16, 12)];

export const dropTokenCases: OpCase[] = [dropTokenCase(1, 2, 4), dropTokenCase(3, 5, 7), dropTokenCase(2, 17, 12)];
