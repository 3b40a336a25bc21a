import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { gatherRowsReference } from '../../../src/ops/gatherRows.reference.ts';
import { gatherRows } from '../../../src/ops/gatherRows.ts';
import { gatherTable } from '../../../src/ops/gatherTable.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

interface Sizes {
  batch: number;
  rows: number;
  taken: number;
  width: number;
}

/** Taken at random with returns, so that some rows are taken twice and some never. */
function gatherRowsCase({ batch, rows, taken, width }: Sizes): OpCase {
  const name = `B ${batch}, ${taken} of ${rows} rows of ${width}`;
  const random = new Random(5, name);
  const index = Int32Array.from({ length: batch * taken }, () => random.below(rows));
  return {
    name,
    inputs: [normalInput('x', [batch, rows, width])],
    op: (x) => gatherRows(x as tf.Tensor3D, tf.tensor2d(index, [batch, taken], 'int32')),
    reference: (x) => gatherRowsReference(x, index, batch, rows),
  };
}

export const gatherRowsCases: OpCase[] = [
  gatherRowsCase({ batch: 1, rows: 1, taken: 1, width: 3 }),
  gatherRowsCase({ batch: 1, rows: 1, taken: 4, width: 5 }),
  gatherRowsCase({ batch: 2, rows: 17, taken: 3, width: 8 }),
  gatherRowsCase({ batch: 3, rows: 5, taken: 17, width: 4 }),
  gatherRowsCase({ batch: 1, rows: 65, taken: 65, width: 2 }),
];

/** On the backend that is current when it runs. */
export function itTakesNothingFromNowhere(): void {
  it('takes zeros for an index that names no row, and gives it no gradient', async () => {
    const index = tf.tensor2d([-1, 1, 2], [1, 3], 'int32');
    const gather = {
      rows: (x: tf.Tensor) => gatherRows(tf.reshape(x, [1, 2, 2]), index),
      table: (x: tf.Tensor) => gatherTable(x as tf.Tensor2D, index),
    };
    for (const take of Object.values(gather)) {
      const x = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      expect([...(await take(x).data())]).toEqual([0, 0, 3, 4, 0, 0]);
      expect([...(await tf.grad(take)(x).data())]).toEqual([0, 0, 1, 1]);
    }
  });
}
