import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { attention } from '../../src/ops/attention.ts';
import { crossEntropy } from '../../src/ops/crossEntropy.ts';
import { geluReference } from '../../src/ops/gelu.reference.ts';
import { gelu } from '../../src/ops/gelu.ts';
import { layerNorm } from '../../src/ops/layerNorm.ts';
import modules from '../../src/ops/simd/assembly/kernels.ts?assemblyscript';
import { SIMD_KERNELS } from '../../src/ops/simd/kernels.ts';
import { registerSimdKernels, unregisterSimdKernels } from '../../src/ops/simd/register.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';
import { useBackend } from './support/nodeBackends.ts';

const GLOBAL_SECTION = 6;
const DATA_SECTION = 11;

describe('the SIMD kernels', () => {
  beforeAll(() => useBackend('wasm with SIMD kernels'));

  it.each(['plain', 'shared', 'plainRelaxed', 'sharedRelaxed'] as const)('put nothing of their own into the heap: %s', (kind) => {
    const bytes = Buffer.from(modules[kind], 'base64');
    const sections = sectionsOf(bytes);
    expect(sections).not.toContain(DATA_SECTION);
    // A stack pointer or an allocator would be a global.
    expect(sections).not.toContain(GLOBAL_SECTION);
    if (!WebAssembly.validate(bytes)) return expect(kind).toMatch(/Relaxed$/);
    const imports = WebAssembly.Module.imports(new WebAssembly.Module(bytes));
    expect(imports).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
  });

  it('are registered once each, and come and go', async () => {
    const registered = () => Object.keys(SIMD_KERNELS).filter((name) => tf.getKernel(name, 'wasm') !== undefined);
    await Promise.all([registerSimdKernels(), registerSimdKernels()]);
    expect(registered()).toEqual(Object.keys(SIMD_KERNELS));
    unregisterSimdKernels();
    expect(registered()).toEqual([]);
    await registerSimdKernels();
    expect(registered()).toEqual(Object.keys(SIMD_KERNELS));
  });

  it('go on working while the heap grows', async () => {
    const { values } = normalInput('x', [1000]);
    const x = tf.tensor1d(values);
    const large = [];
    for (let i = 0; i < 4; i++) {
      large.push(tf.zeros([8_000_000]));
      expectAllClose(await gelu(x).data(), geluReference(values), { absolute: 1e-6, relative: 1e-6 });
    }
    tf.dispose(large);
  });

  it('take tensors that were made on another backend', async () => {
    await useBackend('cpu');
    const x = tf.tensor1d([-1, 0, 2]);
    await useBackend('wasm with SIMD kernels');
    expectAllClose(await gelu(x).data(), geluReference([-1, 0, 2]), { absolute: 1e-6, relative: 0 });
  });

  it('may get one tensor as several inputs', async () => {
    const one = tf.tensor(normalInput('x', [2, 4, 8]).values, [2, 4, 8]) as tf.Tensor3D;
    const other = tf.tensor(normalInput('x', [2, 4, 8]).values, [2, 4, 8]) as tf.Tensor3D;
    const row = tf.tensor1d(normalInput('row', [8]).values);
    const copy = tf.tensor1d(normalInput('row', [8]).values);
    const geluGrad = tf.grad((x: tf.Tensor) => gelu(x));
    expect(await geluGrad(one, tf.clone(one)).data()).toEqual(await geluGrad(one, tf.clone(other)).data());
    expect(await layerNorm(one, row, row).data()).toEqual(await layerNorm(one, row, copy).data());
    const kv = tf.concat([one, other], 2) as tf.Tensor3D;
    const attend = tf.grads((q: tf.Tensor, kv: tf.Tensor) => attention(q as tf.Tensor3D, kv as tf.Tensor3D, 2));
    const [dq, dkv] = attend([one, kv], tf.clone(one));
    const [dqApart, dkvApart] = attend([one, kv], tf.clone(other));
    expect(await dq.data()).toEqual(await dqApart.data());
    expect(await dkv.data()).toEqual(await dkvApart.data());
    expect(await one.data()).toEqual(await other.data());
  });

  it('read and write no memory for a label that names no class', async () => {
    const logits = tf.zeros<tf.Rank.R2>([3, 4]);
    const labels = tf.tensor1d([-1, 2_000_000_000, 4], 'int32');
    const dLogits = await tf
      .grad((x: tf.Tensor) => crossEntropy(x as tf.Tensor2D, labels))(logits)
      .data();
    expectAllClose(dLogits, new Float32Array(12).fill(1 / 12), { absolute: 1e-7, relative: 0 });
  });

  it('pass over empty tensors', async () => {
    expect((await gelu(tf.zeros([0, 4])).data()).length).toBe(0);
  });
});

/** The ids of a WebAssembly module's sections, in order. */
function sectionsOf(bytes: Uint8Array): number[] {
  const sections: number[] = [];
  let position = 8;
  while (position < bytes.length) {
    sections.push(bytes[position]);
    let length = 0;
    let shift = 0;
    do {
      position++;
      length |= (bytes[position] & 0x7f) << shift;
      shift += 7;
    } while ((bytes[position] & 0x80) !== 0);
    position += 1 + length;
  }
  return sections;
}
