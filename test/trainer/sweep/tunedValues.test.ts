import { expect, it } from 'vitest';
import { localityValues } from '../../../src/trainer/sweep/tunedValues.ts';

it('tells of each block how far its heads look, how that changed, and how far apart they are', () => {
  const values = localityValues({ depth: 2, heads: 2, before: [1, 3, 2, 2], after: [1.5, 2, 4, 1] });
  expect(values).toEqual({
    'attentionBefore@0': 2,
    'attentionAfter@0': 1.75,
    'attentionChange@0': 0.75,
    'headSpread@0': 0.5,
    'attentionBefore@1': 2,
    'attentionAfter@1': 2.5,
    // One head went on, the other back: the mean of both would hide it.
    'attentionChange@1': 1.5,
    'headSpread@1': 3,
  });
});
