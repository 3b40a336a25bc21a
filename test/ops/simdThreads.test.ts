/** Threads for the SIMD kernels, in Node: they change how long a step takes, and no bit of it. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startThread, wasmPlace } from '../../src/engine/environment.node.ts';
import { openWasm } from '../../src/engine/wasm.ts';
import { adamW, adamWNumbers } from '../../src/ops/adamw.ts';
import { attention } from '../../src/ops/attention.ts';
import { broadcastToken } from '../../src/ops/broadcastToken.ts';
import { concatRows } from '../../src/ops/concatRows.ts';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { gelu } from '../../src/ops/gelu.ts';
import '../../src/ops/gradients.ts';
import { gatherRows } from '../../src/ops/gatherRows.ts';
import { gatherTable } from '../../src/ops/gatherTable.ts';
import { groupedConv } from '../../src/ops/groupedConv.ts';
import { infoNce } from '../../src/ops/infoNce.ts';
import { l2Normalise } from '../../src/ops/l2Normalise.ts';
import { layerNorm } from '../../src/ops/layerNorm.ts';
import { linear, linearOfData, linearResidual } from '../../src/ops/linear.ts';
import { meanTokens } from '../../src/ops/meanTokens.ts';
import { mlp } from '../../src/ops/mlp.ts';
import { selfAttention } from '../../src/ops/selfAttention.ts';
import modules from '../../src/ops/simd/assembly/kernels.ts?assemblyscript';
import type { SimdExports } from '../../src/ops/simd/exports.ts';
import { limitSimdThreads } from '../../src/ops/simd/register.ts';
import { withSharedMemory } from '../../src/ops/simd/sharedMemory.ts';
import { type KernelThread, Threads } from '../../src/ops/simd/threads.ts';
import { sliceRows } from '../../src/ops/sliceRows.ts';
import { ALL_PAIRS } from './cases/infoNce.ts';
import { normalInput } from './support/inputs.ts';

const THREADS = 3;

/** Sizes that fit no vector, panel, block, piece, slice or grain; more than one of each. */
const ROWS = 533;
const WIDTH = 42;

function input(name: string, ...shape: number[]): tf.Tensor {
  return tf.tensor(normalInput(name, shape).values, shape);
}

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

const OPS: Record<string, [Op, () => tf.Tensor[]]> = {
  gelu: [gelu, () => [input('x', ROWS, 37)]],
  infoNce: [
    ((z) => {
      const present = tf.tensor2d(
        Array.from({ length: 3 * 101 }, (_, i) => (i % 13 === 0 ? 0 : 1)),
        [3, 101],
      );
      return infoNce(z as tf.Tensor3D, present, { temperature: 0.5, pairs: ALL_PAIRS }).loss;
    }) as Op,
    () => [tf.mul(input('z', 3, 101, WIDTH), 0.2)],
  ],
  l2Normalise: [l2Normalise as Op, () => [input('x', ROWS, WIDTH)]],
  layerNorm: [
    ((x, gamma, beta) => layerNorm(x, gamma as tf.Tensor1D, beta as tf.Tensor1D)) as Op,
    () => [input('x', ROWS, WIDTH), input('gamma', WIDTH), input('beta', WIDTH)],
  ],
  linear: [linear as Op, () => [input('x', 1541, WIDTH), input('weight', WIDTH, 75), input('bias', 75)]],
  linearResidual: [
    linearResidual as Op,
    () => [input('x', ROWS, WIDTH), input('weight', WIDTH, 75), input('bias', 75), input('residual', ROWS, 75)],
  ],
  linearOfData: [
    ((weight, bias) => linearOfData(input('x', ROWS, WIDTH), weight as tf.Tensor2D, bias as tf.Tensor1D)) as Op,
    () => [input('weight', WIDTH, 75), input('bias', 75)],
  ],
  attention: [
    ((q, kv) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, 3)) as Op,
    () => [input('q', 5, 19, WIDTH), input('kv', 5, 7, 2 * WIDTH)],
  ],
  'attention with a bias': [
    ((q, kv, bias) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, 3, bias as tf.Tensor3D)) as Op,
    () => [input('q', 5, 19, WIDTH), input('kv', 5, 7, 2 * WIDTH), input('bias', 3, 19, 7)],
  ],
  'self-attention': [selfAttend(13), selfAttentionInputs],
  'self-attention to all rows': [selfAttend(19), selfAttentionInputs],
  mlp: [
    ((x, weight1, bias1, weight2, bias2, residual) =>
      mlp(
        x,
        {
          weight1: weight1 as tf.Tensor2D,
          bias1: bias1 as tf.Tensor1D,
          weight2: weight2 as tf.Tensor2D,
          bias2: bias2 as tf.Tensor1D,
        },
        residual,
      )) as Op,
    () => [
      input('x', ROWS, WIDTH),
      input('weight1', WIDTH, 75),
      input('bias1', 75),
      input('weight2', 75, WIDTH),
      input('bias2', WIDTH),
      input('residual', ROWS, WIDTH),
    ],
  ],
  broadcastToken: [((token) => broadcastToken(token as tf.Tensor1D, 41, 19)) as Op, () => [input('token', WIDTH)]],
  concatRows: [
    ((a, b) => concatRows(a as tf.Tensor3D, b as tf.Tensor3D)) as Op,
    () => [input('a', 41, 5, WIDTH), input('b', 41, 7, WIDTH)],
  ],
  meanTokens: [meanTokens as Op, () => [input('x', 41, 19, WIDTH)]],
  sliceRows: [((x) => sliceRows(x as tf.Tensor3D, 3, 11)) as Op, () => [input('x', 41, 19, WIDTH)]],
  gatherRows: [((x) => gatherRows(x as tf.Tensor3D, places(11, 300, 19))) as Op, () => [input('x', 11, 19, WIDTH)]],
  gatherTable: [((table) => gatherTable(table as tf.Tensor2D, places(11, 300, 41))) as Op, () => [input('table', 41, WIDTH)]],
  groupedConv: [
    ((x, weight, bias) => groupedConv(x as tf.Tensor3D, weight as tf.Tensor3D, bias as tf.Tensor1D, 3, [4, 5])) as Op,
    () => [input('x', 19, 20, 33), input('weight', 9, 11, 33), input('bias', 33)],
  ],
  crossEntropy: [
    ((logits) => {
      const labels = tf.tensor1d(
        Array.from({ length: ROWS }, (_, i) => i % 17),
        'int32',
      );
      return crossEntropy(logits as tf.Tensor2D, labels);
    }) as Op,
    () => [input('logits', ROWS, 17)],
  ],
};

/** Rows below `rows`, in an order that jumps about. */
function places(batch: number, taken: number, rows: number): tf.Tensor2D {
  const index = Int32Array.from({ length: batch * taken }, (_, i) => (i * 7919) % rows);
  return tf.tensor2d(index, [batch, taken], 'int32');
}

function selfAttend(context: number): Op {
  return (x, qWeight, qBias, kvWeight, kvBias) =>
    selfAttention(
      x as tf.Tensor3D,
      {
        qWeight: qWeight as tf.Tensor2D,
        qBias: qBias as tf.Tensor1D,
        kvWeight: kvWeight as tf.Tensor2D,
        kvBias: kvBias as tf.Tensor1D,
      },
      { heads: 3, context },
    );
}

function selfAttentionInputs(): tf.Tensor[] {
  return [
    input('x', 11, 19, WIDTH),
    input('qWeight', WIDTH, WIDTH),
    input('qBias', WIDTH),
    input('kvWeight', WIDTH, 2 * WIDTH),
    input('kvBias', 2 * WIDTH),
  ];
}

/** A hash of each tensor's bits. */
async function bitsOf(tensors: readonly tf.Tensor[]): Promise<string[]> {
  const values = await Promise.all(tensors.map((tensor) => tensor.data<'float32'>()));
  return values.map((floats) => createHash('sha256').update(floats).digest('hex'));
}

/** Of value and gradients. */
async function evaluate([op, inputs]: [Op, () => tf.Tensor[]]): Promise<string[]> {
  const results = tf.tidy(() => {
    const args = inputs();
    const value = op(...args);
    const dy = value.rank === 0 ? tf.scalar(1) : tf.reshape(input('dy', value.size), value.shape);
    return [value, ...tf.grads(op)(args, dy)];
  });
  const bits = await bitsOf(results);
  tf.dispose(results);
  return bits;
}

describe('SIMD kernels on several threads', () => {
  const started: KernelThread[] = [];
  let ended = 0;

  function countedThread(): KernelThread {
    const thread = startThread();
    const counted: KernelThread = {
      start: (message) => thread.start(message),
      end() {
        ended++;
        thread.end();
      },
    };
    started.push(counted);
    return counted;
  }

  beforeAll(async () => {
    const place = wasmPlace({ threads: THREADS, startThread: countedThread, backsOff: false });
    expect(await openWasm(place)).toBe(THREADS);
  });

  // The last of these tests: the threads end with the backend.
  afterAll(() => {
    tf.removeBackend('wasm');
    expect([started.length, ended]).toEqual([THREADS - 1, THREADS - 1]);
  });

  it.each(Object.keys(OPS))('give the same bits for any number of threads: %s', async (name) => {
    const results = [];
    for (const threads of [1, 2, THREADS]) {
      await limitSimdThreads(threads);
      results.push(await evaluate(OPS[name]));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });

  it('give the same bits for any number of threads: AdamW', async () => {
    const length = 50_001;
    const results = [];
    for (const threads of [1, 2, THREADS]) {
      await limitSimdThreads(threads);
      const variable = (name: string) => tf.variable(tf.abs(input(name, length)));
      const state = {
        parameters: variable('parameters'),
        firstMoment: variable('first'),
        secondMoment: variable('second'),
        decay: tf.ones([length]),
        rate: input('rate', length),
        halted: tf.variable(tf.scalar(0)),
      };
      const hyper = tf.tensor1d(adamWNumbers({ learningRate: 0.01, weightDecay: 0.1, clip: 1, step: 3 }));
      const norm = adamW(state, input('gradient', length), hyper);
      results.push(await bitsOf([norm, state.parameters, state.secondMoment]));
      tf.dispose(Object.values(state));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
  });
});

describe('Threads', () => {
  const COUNT = 4096;
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
  const module = new WebAssembly.Module(Buffer.from(modules.shared, 'base64'));
  const wasm = new WebAssembly.Instance(module, { env: { memory } }).exports as object as SimdExports;
  const gelu = Object.keys(wasm).indexOf('gelu');
  const [x, y] = [1024, 1024 + 4 * COUNT];
  let threads: Threads | undefined;

  beforeAll(async () => {
    threads = await Threads.open(module, memory, { threads: 2, startThread, backsOff: false });
    new Float32Array(memory.buffer, x, COUNT).fill(1);
  });
  afterAll(() => threads?.dispose());

  it('take over from a caller that is held up', () => {
    const output = new Float32Array(memory.buffer, y, COUNT).fill(0);
    const nap = new Int32Array(new SharedArrayBuffer(4));
    let own = 0;
    const slowly = (x: number, y: number, start: number, end: number): void => {
      Atomics.wait(nap, 0, 0, 50);
      own += end - start;
      wasm.gelu(x, y, start, end, 0);
    };
    threads?.run(gelu, slowly, [x, y], COUNT, 64);
    expect(own).toBeLessThan(COUNT);
    expect(output.every((value) => Math.abs(value - 0.8413447) < 1e-6)).toBe(true);
  });

  it('wake up again and again, and do every part once', () => {
    const output = new Float32Array(memory.buffer, y, COUNT);
    for (let job = 0; job < 300; job++) {
      output.fill(0);
      threads?.run(gelu, wasm.gelu, [x, y], COUNT, 64);
      expect(output.indexOf(0)).toBe(-1);
    }
  });

  it('say when one of them has failed', () => {
    const missing = Object.keys(wasm).length;
    const slowly = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    expect(() => threads?.run(missing, slowly, [], 64, 1)).toThrow(/thread of the WebAssembly backend failed/);
  });

  it('are none when one of them cannot start, and leave none behind', async () => {
    let ended = 0;
    const broken = (): KernelThread => ({ start: () => Promise.reject(new Error('no workers here')), end: () => void ended++ });
    expect(await Threads.open(module, memory, { threads: 3, startThread: broken })).toBeUndefined();
    expect(ended).toBe(2);
    const refused = () => {
      throw new Error('blocked by policy');
    };
    expect(await Threads.open(module, memory, { threads: 2, startThread: refused })).toBeUndefined();
  });
});

describe('withSharedMemory', () => {
  it("shares the memory of tfjs's own module", async () => {
    const { simdUrl } = wasmPlace({ threads: 1, startThread });
    const original = readFileSync(simdUrl);
    const shared = withSharedMemory(original);
    expect(WebAssembly.validate(shared)).toBe(true);
    expect([...shared.keys()].filter((i) => shared[i] !== original[i]).length).toBe(1);
  });

  it('refuses a module that keeps its memory in another way', () => {
    const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    expect(() => withSharedMemory(empty)).toThrow(/cannot be shared/);
  });
});
