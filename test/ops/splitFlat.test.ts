import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { splitFlatReference } from '../../src/ops/splitFlat.reference.ts';
import { concatFlat, splitFlat } from '../../src/ops/splitFlat.ts';
import { normalInput } from './support/inputs.ts';

const SHAPES = [[2, 3], [1], [4], [3, 1, 2], [5]];

describe.each(['cpu', 'wasm'] as const)('splitFlat on %s', (backend) => {
  it('cuts a vector as its reference does, and concatFlat puts it together again', async () => {
    await selectBackend(backend, await nodeEnvironment(false));
    const { values } = normalInput('flat', [22]);
    const parts = splitFlat(tf.tensor1d(values), SHAPES);
    const sizes = SHAPES.map((shape) => shape.reduce((product, side) => product * side, 1));
    expect(parts.map(({ shape }) => shape)).toEqual(SHAPES);
    const found = await Promise.all(parts.map((part) => part.data()));
    expect(found.map((part) => Array.from(part))).toEqual(splitFlatReference(values, sizes).map((part) => Array.from(part)));
    expect(Array.from(await concatFlat(parts).data())).toEqual(Array.from(values));
  });
});
