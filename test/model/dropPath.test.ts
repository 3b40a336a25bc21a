import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { Parameters } from '../../src/model/parameters.ts';
import type { ModelSpec } from '../../src/model/spec.ts';
import { type EncodeOptions, encode, encoderParameters } from '../../src/model/transformer.ts';
import { startWasm } from '../tinyRun.ts';

const SPEC: ModelSpec = {
  patchLength: 12,
  layout: [2, 2, 3],
  grid: [2, 2],
  patches: 4,
  width: 16,
  depth: 2,
  heads: 2,
  mlpRatio: 4,
  classToken: true,
  positions: 'none',
  norm: 'pre',
  dropPath: 0.5,
};
const BATCH = 64;

beforeAll(startWasm);

/** One row of numbers per sample. */
function encodeSamples(spec: ModelSpec, options: EncodeOptions = {}): number[][] {
  const parameters = new Parameters(encoderParameters(spec), (name) => new Random(1, name));
  const random = new Random(2, 'patches');
  const values = Float32Array.from({ length: BATCH * 4 * 12 }, () => random.normal());
  return tf.tidy(() => {
    const tokens = encode(parameters.weights(), spec, tf.tensor3d(values, [BATCH, 4, 12]), options);
    return tf.reshape<tf.Rank.R2>(tokens, [BATCH, 5 * 16]).arraySync();
  });
}

const keyOf = (step: number): EncodeOptions => ({ randomKey: tf.tensor1d([1, step], 'int32') });

describe('drop path', () => {
  it('does nothing to a model that is only looked at', () => {
    expect(encodeSamples(SPEC)).toEqual(encodeSamples({ ...SPEC, dropPath: 0 }));
  });

  it('skips both branches of the last block for about a quarter of the samples, and none of the first block', () => {
    const shallow = encodeSamples({ ...SPEC, depth: 1, dropPath: 0 });
    const dropped = encodeSamples(SPEC, keyOf(0));
    const skipped = dropped.filter((row, i) => row.every((value, j) => Math.abs(value - (shallow[i]?.[j] ?? 0)) < 1e-5)).length;
    // Binomial(64, 1/4): 16, give or take 4 standard deviations of 3.5.
    expect(skipped).toBeGreaterThan(2);
    expect(skipped).toBeLessThan(30);
  });

  it('draws anew each step, the same for the same step', () => {
    const first = encodeSamples(SPEC, keyOf(3));
    expect(encodeSamples(SPEC, keyOf(3))).toEqual(first);
    expect(encodeSamples(SPEC, keyOf(4))).not.toEqual(first);
  });
});
