/** Matrix products in one dispatch on WebGPU: each as if it ran by itself, bit for bit (a software adapter will do, none fails). */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { type Gpu, type Kernel, MATMUL_VARIANTS } from '../../src/ops/wgsl/kernel.ts';
import { multiply } from '../../src/ops/wgsl/matmul.ts';
import { operand, type Product, type Term } from '../../src/ops/wgsl/matmulProduct.ts';
import { multiplyTogether } from '../../src/ops/wgsl/matmulTogether.ts';
import { normalInput } from './support/inputs.ts';

const problems: string[] = [];
let gpu: { -readonly [Key in keyof Gpu]: Gpu[Key] };
let dispatched: Kernel[] = [];

beforeAll(async () => {
  const info = await selectBackend('webgpu', { ...browserEnvironment(), onGpuProblem: (message) => problems.push(message) });
  expect(info.name).toBe('webgpu');
  const dispatcher = currentGpuSession()?.dispatcher;
  if (dispatcher === undefined) throw new Error('webgpu runs without a session of ours');
  gpu = {
    tuning: { matmul: 'registers' },
    tensor: (shape, dtype) => dispatcher.tensor(shape, dtype),
    copy: (...copy) => dispatcher.copy(...copy),
    dispose: (tensor) => dispatcher.dispose(tensor),
    dispatch(kernel, tensors) {
      dispatched.push(kernel);
      dispatcher.dispatch(kernel, tensors);
    },
  };
});

afterEach(() => {
  dispatched = [];
  expect(problems.splice(0)).toEqual([]);
});

function tensorOf(name: string, ...shape: number[]): tf.Tensor {
  return tf.tensor(normalInput(name, shape).values, shape);
}

/** x W of all rows, or of the first `context` rows of samples. */
function forward(x: tf.Tensor, weight: tf.Tensor, y: tf.TensorInfo, samples?: { tokens: number; context: number }): Product {
  const [inner, out] = weight.shape as [number, number];
  const batch = (x.shape[0] as number) / (samples?.tokens ?? 1);
  const rows: Term['lines'] = samples === undefined ? 'allRows' : 'contextRows';
  return {
    label: 'together',
    layout: 'NN',
    rows: batch * (samples?.context ?? 1),
    columns: out,
    terms: [{ left: operand('x', x), right: operand('weight', weight), depth: inner, lines: rows }],
    lines: 'allRows',
    operands: [operand('y', y, 'write')],
    finish: 'store_y(line, column, sum);',
    ...(samples === undefined ? {} : { samples: { batch, ...samples } }),
  };
}

/** x^T dy in so many parts of the rows, one behind the other. */
function gradient(x: tf.Tensor, dy: tf.Tensor, parts: tf.TensorInfo, splits: number): Product {
  const [inner, out] = [x.shape[1], dy.shape[1]] as [number, number];
  return {
    label: 'together',
    layout: 'TN',
    rows: inner,
    columns: out,
    terms: [{ left: operand('x', x), right: operand('dy', dy), depth: dy.shape[0] as number, lines: 'allRows' }],
    lines: 'allRows',
    operands: [operand('parts', parts, 'write')],
    finish: `store_parts(split * ${inner}u + line, column, sum);`,
    splits,
  };
}

type Run = (gpu: Gpu, products: Product[]) => void;

const apart: Run = (gpu, products) => {
  for (const product of products) multiply(gpu, product);
};

/** Both products of x (9 * 17, inner), for all rows and for the first 5 of 17. */
function forwards(inner: number, outs: readonly number[], run: Run): Promise<Float32Array[]> {
  const x = tensorOf('x', 9 * 17, inner);
  const weights = outs.map((out, i) => tensorOf(`weight ${i}`, inner, out));
  const ys = [gpu.tensor([9 * 17, outs[0]]), gpu.tensor([9 * 5, outs[1]])];
  run(gpu, [forward(x, weights[0], ys[0]), forward(x, weights[1], ys[1], { tokens: 17, context: 5 })]);
  return Promise.all(ys.map(read));
}

/** Two gradients over 50 and 77 rows, in 2 and 3 parts. */
function gradients(inner: number, outs: readonly number[], run: Run): Promise<Float32Array[]> {
  const parts = outs.map((out, i) => gpu.tensor([2 + i, inner, out]));
  const products = outs.map((out, i) => {
    const rows = 50 + 27 * i;
    return gradient(tensorOf(`x ${i}`, rows, inner), tensorOf(`dy ${i}`, rows, out), parts[i], 2 + i);
  });
  run(gpu, products);
  return Promise.all(parts.map(read));
}

function read(info: tf.TensorInfo): Promise<Float32Array> {
  return tf.engine().makeTensorFromTensorInfo(info).data<'float32'>();
}

describe.each(MATMUL_VARIANTS)('with %s', (variant) => {
  beforeAll(() => {
    gpu.tuning = { matmul: variant };
  });

  it.each([
    ['wide ones', 36, [68, 136]],
    ['widths that fit no vector', 33, [35, 71]],
  ] as const)('has the numbers of products by themselves: %s', async (_name, inner, outs) => {
    for (const make of [forwards, gradients]) {
      dispatched = [];
      const expected = await make(inner, outs, apart);
      expect(await make(inner, outs, multiplyTogether)).toEqual(expected);
      expect(dispatched).toHaveLength(3);
      expect(dispatched[2].flops).toBe(dispatched[0].flops + dispatched[1].flops);
    }
  });
});

describe('with registers', () => {
  beforeAll(() => {
    gpu.tuning = { matmul: 'registers' };
  });

  it('leaves products apart that would have one buffer as vectors and as numbers', async () => {
    const x = tensorOf('x', 8, 6);
    const [asPairs, asTwelves] = [gpu.tensor([8, 3]), gpu.tensor([4, 3])];
    const products = [
      forward(x, tensorOf('weight', 6, 3), asPairs),
      forward(tf.reshape(x, [4, 12]), tensorOf('other weight', 12, 3), asTwelves),
    ];
    multiplyTogether(gpu, products);
    expect(dispatched).toHaveLength(2);
  });

  it('leaves products apart that have more buffers than an adapter may take', () => {
    const products = ['a', 'b', 'c'].map((name) => {
      return forward(tensorOf(`${name} x`, 8, 4), tensorOf(`${name} weight`, 4, 4), gpu.tensor([8, 4]));
    });
    multiplyTogether(gpu, products);
    expect(dispatched).toHaveLength(3);
    multiplyTogether(gpu, products.slice(1));
    expect(dispatched).toHaveLength(4);
  });

  it('reaches what lies beyond the 65,535 workgroups of one dimension', async () => {
    const rows = 65_536 * 32 + 5;
    const values = Float32Array.from({ length: rows * 4 }, (_, i) => i % 8_388_607);
    const [x, identity] = [tf.tensor(values, [rows, 4]), tf.eye(4)];
    const short = tensorOf('short', 3, 4);
    const ys = [gpu.tensor([3, 4]), gpu.tensor([rows, 4])];
    multiplyTogether(gpu, [forward(short, identity, ys[0]), forward(x, identity, ys[1])]);
    const [first, second] = await Promise.all(ys.map(read));
    expect(first).toEqual(await short.data());
    expect(second.findIndex((value, i) => value !== values[i])).toBe(-1);
    expect(dispatched[0].workgroups[1]).toBe(2);
  });
});
