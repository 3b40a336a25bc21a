import * as tf from '@tensorflow/tfjs-core';
import { describe } from 'vitest';
import { meanOfRowsReference } from '../../src/ops/meanOfRows.reference.ts';
import { meanOfRows } from '../../src/ops/meanOfRows.ts';
import { normalInput } from './support/inputs.ts';
import { itHoldsOnEachBackend } from './support/nodeBackends.ts';

/** All rows, some in the middle, one, and none. */
const IDS = [2, 7, 3, 4, 0, 5, 1, 2, 0, 0, 9, 0, 0, 1, 1, 0];

describe('meanOfRows', () =>
  itHoldsOnEachBackend([
    {
      name: 'of some rows of 4 x 4 x 6',
      inputs: [normalInput('x', [4, 4, 6])],
      op: (x: tf.Tensor) => meanOfRows(x as tf.Tensor3D, tf.tensor2d(IDS, [4, 4], 'int32'), 2),
      reference: (x: Float64Array) => meanOfRowsReference(x, IDS, 4, 6, 2),
      samples: 96,
    },
  ]));
