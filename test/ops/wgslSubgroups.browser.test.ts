/** Sums along rows by subgroups on WebGPU, which no software adapter takes by itself: forced here, on one that has subgroups. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import type { Dispatcher } from '../../src/engine/gpu/dispatcher.ts';
import { pinVariant } from '../../src/engine/gpu/pinned.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { tfjsInternals } from '../../src/engine/gpu/tfjs.ts';
import { areRowsRight, tune } from '../../src/engine/gpu/trial.ts';
import { type Kernel, nameOf } from '../../src/ops/wgsl/kernel.ts';
import { LAYER_NORM_OPS } from '../../src/ops/wgsl/layerNorm.ts';
import { layerNormCases, layerNormForkCases } from './cases/layerNorm.ts';
import { itHolds } from './support/checks.ts';
import { normalInput } from './support/inputs.ts';

const problems: string[] = [];
const dispatched: Kernel[] = [];
let gpu: Dispatcher;
let lanes: number;
let dispatch: Dispatcher['dispatch'];

beforeAll(async () => {
  await selectBackend('webgpu', { ...browserEnvironment(), onGpuProblem: (message) => problems.push(message) });
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher?.lanes === undefined) throw new Error('this WebGPU has no subgroups');
  gpu = dispatcher;
  lanes = dispatcher.lanes;
  // A software adapter keeps the numbers that it has always had.
  expect(gpu.tuning.rows).toBeUndefined();
  gpu.tuning = { ...gpu.tuning, rows: 'subgroups' };
  dispatch = gpu.dispatch.bind(gpu);
  gpu.dispatch = (kernel, tensors) => {
    dispatched.push(kernel);
    dispatch(kernel, tensors);
  };
});

afterEach(() => {
  gpu.lanes = lanes;
  dispatched.length = 0;
  expect(problems.splice(0)).toEqual([]);
});

afterAll(() => {
  gpu.dispatch = dispatch;
});

describe('layer norm by subgroups', () => itHolds([...layerNormCases, ...layerNormForkCases]));

/** y, mean and 1 / standard deviation, then dx, dGamma, dBeta, of so many rows. */
async function results(rows: number, width: number): Promise<Float32Array[]> {
  const shapes = { x: [rows, width], dy: [rows, width], gamma: [width], beta: [width] };
  const inputs = Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [name, tf.tensor(normalInput(name, shape).values, shape)]),
  );
  const call = { gpu, sizes: [], pairs: [] };
  const forward = [LAYER_NORM_OPS.LayerNorm({ ...call, inputs, attributes: { epsilon: 1e-6 } })].flat();
  const [, mean, inverseStd] = forward;
  const backward = [LAYER_NORM_OPS.LayerNormGrad({ ...call, inputs: { ...inputs, mean, inverseStd }, attributes: {} })].flat();
  return Promise.all([...forward, ...backward].map((info) => tf.engine().makeTensorFromTensorInfo(info).data<'float32'>()));
}

it.each([1, 3, 16, 64, 128])('is the same, bit for bit, where the largest subgroup is said to have %i lanes', async (said) => {
  const expected = await results(67, 20);
  gpu.lanes = said;
  expect(await results(67, 20)).toEqual(expected);
  const together = dispatched.filter(({ code }) => code.includes('subgroupAdd'));
  expect(together.map(({ label }) => label)).toEqual([
    'layer norm forward',
    'layer norm gradient',
    'layer norm forward',
    'layer norm gradient',
  ]);
});

it('reaches rows beyond the 65,535 workgroups of one dimension', async () => {
  gpu.lanes = 128;
  const rows = 65_535 + 9;
  const [y] = await results(rows, 4);
  expect(dispatched[0].workgroups[1]).toBe(2);
  gpu.tuning = { matmul: gpu.tuning.matmul };
  const [expected] = await results(rows, 4);
  gpu.tuning = { ...gpu.tuning, rows: 'subgroups' };
  expect(y.findIndex((value, i) => !(Math.abs(value - expected[i]) < 1e-4))).toBe(-1);
});

it('is found right by the trial, and leaves things as they were', async () => {
  const before = tf.memory().numTensors;
  expect(await areRowsRight(gpu, gpu.tuning.matmul)).toBe(true);
  gpu.tuning = { ...gpu.tuning, rows: 'subgroups' };
  expect(tf.memory().numTensors).toBe(before);
});

it('is timed beside threads on what is no software adapter, and remembered', async () => {
  const { device } = tfjsInternals(tf.backend() as WebGPUBackend);
  const { tuning } = gpu;
  // An own property in front of what the device says of itself.
  Object.defineProperty(device, 'adapterInfo', { value: { vendor: 'acme', architecture: 'one' }, configurable: true });
  const written: string[] = [];
  const cache = { read: async () => written.at(-1), write: async (_key: string, name: string) => void written.push(name) };
  const before = tf.memory().numTensors;
  const tuned = await tune(gpu, cache);
  expect(written).toEqual([nameOf(tuned)]);
  const labels = (code: string) => dispatched.filter((kernel) => kernel.code.includes(code)).map(({ label }) => label);
  // Once to be found right, and at least once for time.
  expect(labels('subgroupAdd').length).toBeGreaterThanOrEqual(4);
  expect(tf.memory().numTensors).toBe(before);
  expect(gpu.tuning).toBe(tuning);
  dispatched.length = 0;
  expect(await tune(gpu, cache)).toEqual(tuned);
  expect(dispatched).toEqual([]);
  written.push('registers, rows by subgroups');
  expect(await tune(gpu, cache)).toEqual({ matmul: 'registers', rows: 'subgroups' });
  Reflect.deleteProperty(device, 'adapterInfo');
});

it('is what a run goes on with that began so, and not where there are no subgroups', () => {
  const { variant } = currentEngine();
  expect(variant).toMatch(/, rows by subgroups$/);
  gpu.tuning = { matmul: gpu.tuning.matmul };
  pinVariant(variant);
  expect(currentEngine().variant).toBe(variant);
  gpu.lanes = undefined;
  pinVariant(variant);
  expect(currentEngine().variant).not.toBe(variant);
});
