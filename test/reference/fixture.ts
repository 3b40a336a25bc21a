/** Holds a loss and its gradients against a step that PyTorch computed (see README.md). */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { Weights } from '../../src/model/parameters.ts';

export interface FixtureTensor {
  shape: number[];
  data: number[];
}

export type FixtureTensors = Readonly<Record<string, FixtureTensor>>;

export interface Fixture {
  settings: Readonly<Record<string, number>>;
  inputs: FixtureTensors;
  weights: FixtureTensors;
  teacher?: FixtureTensors;
  loss: number;
  metrics: Readonly<Record<string, number>>;
  outputs: FixtureTensors;
  gradients: FixtureTensors;
}

/** Node only: in the browser import the JSON. */
export function readFixture(name: string): Fixture {
  // Not imported: browser tests use the rest of this file.
  const { readFileSync } = process.getBuiltinModule('node:fs');
  return JSON.parse(readFileSync(new URL(`./${name}.json`, import.meta.url), 'utf8'));
}

export function toTensor({ shape, data }: FixtureTensor, dtype: 'float32' | 'int32' = 'float32'): tf.Tensor {
  return tf.tensor(data, shape, dtype);
}

export function toWeights(tensors: FixtureTensors): Weights {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, toTensor(tensor)]));
}

/** Rows of a matrix, e.g. the orders of a fixture. */
export function rowsOf({ shape, data }: FixtureTensor): number[][] {
  const [rows = 0, columns = 0] = shape;
  return Array.from({ length: rows }, (_, row) => data.slice(row * columns, (row + 1) * columns));
}

/**
 * PyTorch's own float32 comes within 2e-7 of the loss and 2e-5 of a gradient's largest entry; ours may be five times as far off.
 *
 * @param fixed weights that the loss reads and that are not trained
 */
export async function expectStep(fixture: Fixture, loss: (weights: Weights) => tf.Scalar, fixed: Weights = {}): Promise<void> {
  const weights = toWeights(fixture.weights);
  const names = Object.keys(fixture.gradients);
  const { value, grads } = tf.engine().gradients(
    () => loss({ ...weights, ...fixed }),
    names.map((name) => weights[name] as tf.Tensor),
  );
  const [ours = Number.NaN] = await value.data<'float32'>();
  expect(Math.abs(ours - fixture.loss) / Math.max(1, Math.abs(fixture.loss)), `loss ${ours}, not ${fixture.loss}`).toBeLessThan(
    1e-5,
  );
  for (const [i, name] of names.entries()) {
    const expected = fixture.gradients[name]?.data ?? [];
    const gradient = await (grads[i] as tf.Tensor).data<'float32'>();
    expect(gradient).toHaveLength(expected.length);
    // A gradient that is zero in theory (the bias of the keys) has no scale of its own.
    const scale = Math.max(1e-3, ...expected.map(Math.abs));
    const worst = expected.reduce((most, value, j) => Math.max(most, Math.abs(value - (gradient[j] ?? Number.NaN))), 0);
    expect(worst / scale, name).toBeLessThan(1e-4);
  }
}
