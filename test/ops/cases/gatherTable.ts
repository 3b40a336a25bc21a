import * as tf from '@tensorflow/tfjs-core';
import { Random } from '../../../src/base/random.ts';
import { gatherTableReference } from '../../../src/ops/gatherTable.reference.ts';
import { gatherTable } from '../../../src/ops/gatherTable.ts';
import { relativeBiasReference } from '../../../src/ops/relativeBias.reference.ts';
import { relativeBias } from '../../../src/ops/relativeBias.ts';
import { normalInput } from '../support/inputs.ts';
import type { OpCase } from '../support/opCase.ts';

interface Sizes {
  batch: number;
  rows: number;
  taken: number;
  width: number;
}

/** Taken at random with returns, so that some rows are taken often and some never. */
function gatherTableCase({ batch, rows, taken, width }: Sizes): OpCase {
  const name = `B ${batch}, ${taken} of ${rows} rows of ${width}`;
  const index = indexOf(name, batch * taken, rows);
  return {
    name,
    inputs: [normalInput('table', [rows, width])],
    op: (table) => gatherTable(table as tf.Tensor2D, tf.tensor2d(index, [batch, taken], 'int32')),
    reference: (table) => gatherTableReference(table, index, rows),
  };
}

function relativeBiasCase(positions: number, heads: number, queries: number, keys: number): OpCase {
  const name = `${positions} positions, ${heads} heads, ${queries} x ${keys}`;
  const index = indexOf(name, queries * keys, positions);
  return {
    name,
    inputs: [normalInput('table', [positions, heads])],
    op: (table) => relativeBias(table as tf.Tensor2D, tf.tensor2d(index, [queries, keys], 'int32')),
    reference: (table) => relativeBiasReference(table, index, heads),
  };
}

function indexOf(name: string, count: number, rows: number): Int32Array {
  const random = new Random(5, name);
  return Int32Array.from({ length: count }, () => random.below(rows));
}

export const gatherTableCases: OpCase[] = [
  gatherTableCase({ batch: 1, rows: 1, taken: 1, width: 3 }),
  gatherTableCase({ batch: 3, rows: 5, taken: 2, width: 4 }),
  gatherTableCase({ batch: 4, rows: 17, taken: 65, width: 7 }),
  gatherTableCase({ batch: 2, rows: 9, taken: 100, width: 8 }),
];

export const relativeBiasCases: OpCase[] = [
  relativeBiasCase(4, 1, 1, 3),
  relativeBiasCase(12, 3, 5, 4),
  relativeBiasCase(28, 4, 10, 10),
];
