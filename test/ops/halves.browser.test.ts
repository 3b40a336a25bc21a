/** Activations in 16 bits on WebGPU: what is kept is the right number, rounded once, and everything else is computed in 32 bits from it. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import type { Dispatcher } from '../../src/engine/gpu/dispatcher.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { geluReference } from '../../src/ops/gelu.reference.ts';
import { linearReference } from '../../src/ops/linear.reference.ts';
import { isHalf, shapeOf } from '../../src/ops/wgsl/halves.ts';
import type { WgslOps } from '../../src/ops/wgsl/kernel.ts';
import { MLP_OPS } from '../../src/ops/wgsl/mlp.ts';
import { SELF_ATTENTION_OPS } from '../../src/ops/wgsl/selfAttention.ts';
import { roundingAt, unpacked } from './support/halves.ts';
import { normalInput } from './support/inputs.ts';

const OPS: WgslOps = { ...MLP_OPS, ...SELF_ATTENTION_OPS };
/** Of a sum of 32 bits, beside rounding to 16. */
const OF_SUMS = 1e-5;

const problems: string[] = [];
let gpu: Dispatcher;
let kept: Dispatcher['halves'];

beforeAll(async () => {
  const info = await selectBackend('webgpu-f16', { ...browserEnvironment(), onGpuProblem: (message) => problems.push(message) });
  expect(info.label).toContain(', 16-bit activations');
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) throw new Error('webgpu runs without a session of ours');
  gpu = dispatcher;
  kept = gpu.halves;
  expect(kept).toBeDefined();
});

afterEach(() => {
  gpu.halves = kept;
  expect(problems.splice(0)).toEqual([]);
});

type Inputs = Readonly<Record<string, tf.Tensor>>;

function call(name: string, inputs: Inputs, attributes: Readonly<Record<string, number>> = {}): tf.Tensor[] {
  const made = [OPS[name]({ gpu, inputs, attributes, sizes: [], pairs: [] })].flat();
  return made.map((info) => tf.engine().makeTensorFromTensorInfo(info));
}

/** The numbers of a tensor, whichever way it keeps them. */
async function numbersIn(tensor: tf.Tensor): Promise<Float32Array> {
  return isHalf(tensor) ? unpacked(await tensor.data<'int32'>()) : await tensor.data<'float32'>();
}

/** A tensor of 32 bits with the same numbers. */
async function widened(tensor: tf.Tensor): Promise<tf.Tensor> {
  return tf.tensor(await numbersIn(tensor), shapeOf(tensor));
}

function tensorsOf(
  shapes: Readonly<Record<string, number[]>>,
  scales: Readonly<Record<string, number>> = {},
): Record<string, tf.Tensor> {
  const entries = Object.entries(shapes).map(([name, shape]) => {
    return [name, tf.tensor(normalInput(name, shape, scales[name]).values, shape)] as const;
  });
  return Object.fromEntries(entries);
}

function mlpInputs(rows: number, width: number, hidden: number, scale = 1) {
  return tensorsOf(
    {
      x: [rows, width],
      weight1: [width, hidden],
      bias1: [hidden],
      weight2: [hidden, width],
      bias2: [width],
      residual: [rows, width],
    },
    { x: scale, weight1: 1 / Math.sqrt(width), weight2: 1 / Math.sqrt(hidden) },
  );
}

function attentionInputs(samples: number, tokens: number, width: number) {
  const [qWeight, kvWeight] = [1, 1].map(() => 1 / Math.sqrt(width));
  return tensorsOf(
    { x: [samples, tokens, width], qWeight: [width, width], qBias: [width], kvWeight: [width, 2 * width], kvBias: [2 * width] },
    { qWeight, kvWeight },
  );
}

async function valuesOf(inputs: Inputs): Promise<Record<string, Float64Array>> {
  const entries = Object.entries(inputs).map(async ([name, tensor]) => [name, Float64Array.from(await tensor.data())] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** That every number is the expected one, rounded to 16 bits once. */
function expectRounded(found: Float32Array, expected: Float64Array): void {
  expect(found).toHaveLength(expected.length);
  const far = (value: number, i: number) => Math.abs(value - expected[i]) > roundingAt(expected[i]) + OF_SUMS;
  expect(found.findIndex(far)).toBe(-1);
  // Rounding shows: this is no test of numbers that have 32 bits.
  expect(found.some((value, i) => Math.abs(value - expected[i]) > OF_SUMS)).toBe(true);
}

function expectClose(found: Float32Array, expected: ArrayLike<number>, tolerance = 1e-4): void {
  expect(found).toHaveLength(expected.length);
  expect(found.findIndex((value, i) => !(Math.abs(value - expected[i]) <= tolerance * Math.max(1, Math.abs(expected[i]))))).toBe(
    -1,
  );
}

// Of the ways to multiply one of each kind: the others differ from these in the sizes of their tiles.
describe.each(['registers', 'tiles'] as const)('with %s', (variant) => {
  beforeAll(() => {
    gpu.tuning = { matmul: variant };
  });

  it.each([
    [5, 8, 32],
    [130, 36, 72],
  ])('keeps what an MLP of %i rows, %i by %i, needs again, rounded once', async (rows, width, size) => {
    const inputs = mlpInputs(rows, width, size);
    const [y, hidden, active] = call('Mlp', inputs);
    expect([hidden, active].map(({ size, dtype }) => [size, dtype])).toEqual([1, 1].map(() => [(rows * size) / 2, 'int32']));
    const { x, weight1, bias1, weight2, bias2, residual } = await valuesOf(inputs);
    const keptHidden = await numbersIn(hidden);
    expectRounded(keptHidden, linearReference(x, weight1, bias1));
    expectRounded(await numbersIn(active), geluReference(Float64Array.from(keptHidden)));
    const expected = linearReference(Float64Array.from(await numbersIn(active)), weight2, bias2).map(
      (value, i) => residual[i] + value,
    );
    expectClose(await numbersIn(y), expected);
  });

  it.each([
    [5, 8, 32],
    [130, 36, 72],
  ])('has the gradient of what an MLP of %i rows, %i by %i, kept', async (rows, width, size) => {
    const inputs = mlpInputs(rows, width, size);
    const [, hidden, active] = call('Mlp', inputs);
    const { x, weight1, weight2, residual: dy } = inputs;
    const found = call('MlpGrad', { x, weight1, weight2, hidden, active, dy });
    gpu.halves = undefined;
    const expected = call('MlpGrad', { x, weight1, weight2, hidden: await widened(hidden), active: await widened(active), dy });
    expect(found.map(({ shape, dtype }) => [shape, dtype])).toEqual(expected.map(({ shape, dtype }) => [shape, dtype]));
    for (const [i, tensor] of found.entries()) expectClose(await numbersIn(tensor), await numbersIn(expected[i]));
  });

  it.each([
    [3, 9, 16, 2, 9],
    [2, 17, 24, 3, 5],
  ])(
    'keeps queries, keys and values of %i samples of %i, %i wide, %i heads, context %i',
    async (samples, tokens, width, heads, context) => {
      const inputs = attentionInputs(samples, tokens, width);
      const made = call('SelfAttention', inputs, { heads, context });
      const [output, q, kv, state] = made;
      expect([q, kv].map(isHalf)).toEqual([true, true]);
      const { x, qWeight, qBias, kvWeight, kvBias } = await valuesOf(inputs);
      expectRounded(await numbersIn(q), linearReference(x, qWeight, qBias));
      const readable = x.filter((_, i) => Math.floor(i / width) % tokens < context);
      expectRounded(await numbersIn(kv), linearReference(readable, kvWeight, kvBias));

      const dy = tf.tensor(normalInput('dy', [samples, tokens, width]).values, [samples, tokens, width]);
      const own = { x: inputs.x, qWeight: inputs.qWeight, kvWeight: inputs.kvWeight };
      const found = call('SelfAttentionGrad', { ...own, q, kv, output, state, dy }, { heads, context });
      gpu.halves = undefined;
      const wide = { q: await widened(q), kv: await widened(kv) };
      const expected = call('SelfAttentionGrad', { ...own, ...wide, output, state, dy }, { heads, context });
      for (const [i, tensor] of found.entries()) expectClose(await numbersIn(tensor), await numbersIn(expected[i]));
    },
  );
});

describe('what is kept in 16 bits', () => {
  it('holds the largest number of 16 bits where a larger one comes, and no infinity', async () => {
    const [y, hidden, active] = call('Mlp', mlpInputs(4, 8, 16, 1e6));
    for (const tensor of [hidden, active]) {
      const largest = (await numbersIn(tensor)).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBe(65504);
    }
    expect((await numbersIn(y)).every(Number.isFinite)).toBe(true);
  });

  it('is the same twice, bit for bit', async () => {
    const [first, second] = [1, 2].map(() => call('Mlp', mlpInputs(7, 12, 24)));
    for (const [i, tensor] of first.entries()) expect(await tensor.data()).toEqual(await second[i].data());
  });

  it('has 32 bits after all where four numbers do not fit together, with the same results as without', async () => {
    const [mlp, attention] = [mlpInputs(7, 3, 10), attentionInputs(2, 5, 12)];
    const run = () => [...call('Mlp', mlp), ...call('SelfAttention', attention, { heads: 2, context: 5 })];
    const found = run();
    expect(found.map(({ dtype }) => dtype)).toEqual(found.map(() => 'float32'));
    gpu.halves = undefined;
    for (const [i, tensor] of run().entries()) expect(await tensor.data()).toEqual(await found[i].data());
  });

  it('gives way to 32 bits when the engine is told so', () => {
    gpu.halves = undefined;
    expect(call('Mlp', mlpInputs(4, 8, 16)).map(({ dtype }) => dtype)).toEqual(['float32', 'float32', 'float32']);
  });
});
