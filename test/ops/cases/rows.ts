/** Ops that move rows, average them or repeat a token. */
import type * as tf from '@tensorflow/tfjs-core';
import { broadcastTokenReference } from '../../../src/ops/broadcastToken.reference.ts';
import { broadcastToken } from '../../../src/ops/broadcastToken.ts';
import { concatRowsReference } from '../../../src/ops/concatRows.reference.ts';
import { concatRows } from '../../../src/ops/concatRows.ts';
import { meanTokensReference } from '../../../src/ops/meanTokens.reference.ts';
import { meanTokens } from '../../../src/ops/meanTokens.ts';
import { sliceRowsReference } from '../../../src/ops/sliceRows.reference.ts';
import { sliceRows } from '../../../src/ops/sliceRows.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

function meanTokensCase(batch: number, rows: number, width: number): OpCase {
  return {
    name: `mean, B ${batch}, ${rows} rows of ${width}`,
    inputs: [normalInput('x', [batch, rows, width])],
    op: (x) => meanTokens(x as tf.Tensor3D),
    reference: (x) => meanTokensReference(x, batch, rows),
  };
}

function broadcastTokenCase(batch: number, rows: number, width: number): OpCase {
  return {
    name: `token, B ${batch}, ${rows} rows of ${width}`,
    inputs: [normalInput('token', [width])],
    op: (token) => broadcastToken(token as tf.Tensor1D, batch, rows),
    reference: (token) => broadcastTokenReference(token, batch * rows),
  };
}

function concatRowsCase(batch: number, first: number, second: number, width: number): OpCase {
  return {
    name: `concat, B ${batch}, ${first} and ${second} rows of ${width}`,
    inputs: [normalInput('a', [batch, first, width]), normalInput('b', [batch, second, width])],
    op: (a, b) => concatRows(a as tf.Tensor3D, b as tf.Tensor3D),
    reference: (a, b) => concatRowsReference(a, b, batch),
  };
}

function sliceRowsCase(batch: number, rows: number, begin: number, count: number, width: number): OpCase {
  return {
    name: `slice, B ${batch}, ${count} of ${rows} rows of ${width} from ${begin}`,
    inputs: [normalInput('x', [batch, rows, width])],
    op: (x) => sliceRows(x as tf.Tensor3D, begin, count),
    reference: (x) => sliceRowsReference(x, batch, rows, begin, count),
  };
}

export const rowsCases: OpCase[] = [
  ...[meanTokensCase(1, 1, 3), meanTokensCase(3, 5, 7), meanTokensCase(2, 65, 12)],
  // More places than one thread of a GPU sums, of which the last gets fewer.
  ...[broadcastTokenCase(1, 1, 3), broadcastTokenCase(3, 5, 7), broadcastTokenCase(5, 13, 8)],
  ...[concatRowsCase(1, 1, 1, 3), concatRowsCase(3, 4, 2, 5), concatRowsCase(2, 1, 17, 8)],
  ...[sliceRowsCase(1, 1, 0, 1, 3), sliceRowsCase(2, 7, 3, 2, 5), sliceRowsCase(3, 6, 4, 2, 8), sliceRowsCase(2, 5, 0, 5, 4)],
];
