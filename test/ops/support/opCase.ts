/** One op on one set of inputs, to be checked on any backend: its value, its gradient, and that two runs agree bit for bit. */
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import '../../../src/ops/gradients.ts';
import { expectAllClose, type Tolerance } from './closeness.ts';

export interface Input {
  shape: number[];
  /** Floats that float32 holds exactly: the backend and the reference start from the same numbers. */
  values: Float32Array;
}

export interface OpCase {
  name: string;
  inputs: readonly Input[];
  op(...tensors: tf.Tensor[]): tf.Tensor;
  /** The value in double precision. */
  reference(...arrays: Float64Array[]): ArrayLike<number>;
  /** The gradients in double precision by a formula of their own, where there is a short one. */
  derivative?(upstream: Float64Array, ...arrays: Float64Array[]): ArrayLike<number>[];
  tolerance?: Partial<Tolerance>;
  /** Finite differences take this many elements of each input; 24 unless told. */
  samples?: number;
}

const TOLERANCE: Tolerance = { absolute: 2e-5, relative: 1e-5 };
const GRADIENT_TOLERANCE: Tolerance = { absolute: 1e-4, relative: 1e-4 };

export async function checkValue(opCase: OpCase): Promise<void> {
  const expected = opCase.reference(...doubles(opCase));
  expectAllClose(await evaluate(opCase), expected, { ...TOLERANCE, ...opCase.tolerance });
}

/** Against central differences of the reference, and the case's own formula if it has one. */
export async function checkGradient(opCase: OpCase): Promise<void> {
  const arrays = doubles(opCase);
  const upstream = upstreamOf(opCase, arrays);
  const actual = await differentiate(opCase, upstream);
  const tolerance = { ...GRADIENT_TOLERANCE, ...opCase.tolerance };
  const random = new Random(2, opCase.name);
  arrays.forEach((array, input) => {
    const places = [...random.permutation(array.length)].slice(0, opCase.samples ?? 24);
    const expected = places.map((place) => centralDifference(opCase, arrays, upstream, input, place));
    const found = places.map((place) => actual[input][place]);
    expectAllClose(found, expected, tolerance);
  });
  const formula = opCase.derivative?.(Float64Array.from(upstream), ...arrays) ?? [];
  formula.forEach((expected, input) => {
    expectAllClose(actual[input], expected, tolerance);
  });
}

export async function checkDeterminism(opCase: OpCase): Promise<void> {
  const upstream = upstreamOf(opCase, doubles(opCase));
  const run = async () => [await evaluate(opCase), ...(await differentiate(opCase, upstream))];
  expect(await run()).toEqual(await run());
}

/** `checkValue` and the rest leave no tensor behind, and neither does what they run. */
export async function checkLeaks(opCase: OpCase): Promise<void> {
  const upstream = upstreamOf(opCase, doubles(opCase));
  const before = { tensors: tf.memory().numTensors, data: tf.backend().numDataIds() };
  await differentiate(opCase, upstream);
  expect({ tensors: tf.memory().numTensors, data: tf.backend().numDataIds() }).toEqual(before);
}

function doubles({ inputs }: OpCase): Float64Array[] {
  return inputs.map(({ values }) => Float64Array.from(values));
}

function upstreamOf(opCase: OpCase, arrays: Float64Array[]): Float32Array {
  const random = new Random(1, opCase.name);
  return Float32Array.from(opCase.reference(...arrays), () => random.normal());
}

async function evaluate({ inputs, op }: OpCase): Promise<Float32Array> {
  const value = tf.tidy(() => op(...tensors(inputs)));
  return readAndDispose(value);
}

async function differentiate({ inputs, op }: OpCase, upstream: Float32Array): Promise<Float32Array[]> {
  const gradients = tf.tidy(() => {
    const args = tensors(inputs);
    const shape = op(...args).shape;
    return tf.grads((...xs: tf.Tensor[]) => op(...xs))(args, tf.tensor(upstream, shape));
  });
  return Promise.all(gradients.map(readAndDispose));
}

function tensors(inputs: readonly Input[]): tf.Tensor[] {
  return inputs.map(({ shape, values }) => tf.tensor(values, shape));
}

async function readAndDispose(tensor: tf.Tensor): Promise<Float32Array> {
  const values = await tensor.data<'float32'>();
  tensor.dispose();
  return values;
}

/** d(sum(upstream * reference)) / d(one element), in double: exact to about 1e-9 of the value. */
function centralDifference(
  opCase: OpCase,
  arrays: Float64Array[],
  upstream: ArrayLike<number>,
  input: number,
  place: number,
): number {
  const step = 1e-5 * Math.max(1, Math.abs(arrays[input][place]));
  const moved = (offset: number) =>
    opCase.reference(...arrays.map((array, i) => (i === input ? replaced(array, place, array[place] + offset) : array)));
  const [above, below] = [moved(step), moved(-step)];
  let sum = 0;
  for (let i = 0; i < above.length; i++) sum += upstream[i] * (above[i] - below[i]);
  return sum / (2 * step);
}

function replaced(array: Float64Array, place: number, value: number): Float64Array {
  const copy = array.slice();
  copy[place] = value;
  return copy;
}
