/** The matrix products on WebGPU, in every variant (a software adapter will do, none at all fails). */
import * as tf from '@tensorflow/tfjs-core';
import { deleteDB } from 'idb';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import type { Dispatcher } from '../../src/engine/gpu/dispatcher.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { tune } from '../../src/engine/gpu/trial.ts';
import { browserTuningCache } from '../../src/engine/gpu/trialCache.ts';
import { MATMUL_VARIANTS, type Tuning } from '../../src/ops/wgsl/kernel.ts';
import { geluCases } from './cases/gelu.ts';
import { linearCase, linearCases } from './cases/linear.ts';
import { mlpCases } from './cases/mlp.ts';
import { selfAttentionCase, selfAttentionCases } from './cases/selfAttention.ts';
import { itHolds } from './support/checks.ts';
import { normalInput } from './support/inputs.ts';

/** Every way that a variant's own text can be: all layouts, with vectors and without, tiles that are cut off, rows from elsewhere. */
const EACH_VARIANT = [
  linearCase('several tiles', normalInput('x', [150, 36]), 68),
  linearCase('several tiles, widths that fit no vector', normalInput('x', [150, 33]), 35),
  selfAttentionCase({ batch: 9, tokens: 17, context: 5, width: 24, heads: 1, samples: 3 }),
];

const problems: string[] = [];
let dispatcher: Dispatcher;

beforeAll(async () => {
  const info = await selectBackend('webgpu', { ...browserEnvironment(), onGpuProblem: (message) => problems.push(message) });
  expect(info.name).toBe('webgpu');
  const session = currentGpuSession();
  if (session === undefined) throw new Error('webgpu runs without a session of ours');
  dispatcher = session.dispatcher;
});

function useTuning(tuning: Tuning): void {
  beforeAll(() => {
    dispatcher.tuning = tuning;
  });
}

describe('with the variant that is right everywhere', () => {
  useTuning({ matmul: 'registers' });
  itHolds([...linearCases, ...mlpCases, ...selfAttentionCases, ...geluCases]);
});

describe.each(MATMUL_VARIANTS.slice(1))('with %s', (matmul) => {
  useTuning({ matmul });
  // A software adapter compiles each text of the large tiles for seconds; the small ones differ in numbers only.
  itHolds(matmul === 'tiles' ? EACH_VARIANT.slice(0, 1) : EACH_VARIANT);
});

// 70 by 20 is 3 workgroups of 32 by 32, and 300 rows make up to 9 parts.
describe.each([3, 9, 15, 1000])('with the sum over rows cut up for %i workgroups', (busy) => {
  useTuning({ matmul: 'registers', busy });
  itHolds(linearCases.filter(({ name }) => name === 'more than one block and slice'));
});

describe('the trial', () => {
  it('takes a variant, and takes it again without a trial', async () => {
    await deleteDB('patchwork-tuning');
    const cache = browserTuningCache();
    const writes: string[] = [];
    const watched = {
      ...cache,
      write: (key: string, variant: string) => cache.write(key, variant).then(() => void writes.push(variant)),
    };
    const before = dispatcher.tuning;
    const first = await tune(dispatcher, watched);
    expect(MATMUL_VARIANTS).toContain(first.matmul);
    expect(dispatcher.tuning).toBe(before);
    expect(await tune(dispatcher, watched)).toEqual(first);
    expect(writes).toEqual([first.matmul]);
  });

  it('does without a cache that fails', async () => {
    const fail = () => Promise.reject(new Error('no storage here'));
    expect(MATMUL_VARIANTS).toContain((await tune(dispatcher, { read: fail, write: fail })).matmul);
  });

  it('leaves nothing in memory', async () => {
    const before = { tensors: tf.memory().numTensors, data: tf.backend().numDataIds() };
    await tune(dispatcher);
    expect({ tensors: tf.memory().numTensors, data: tf.backend().numDataIds() }).toEqual(before);
  });
});

it('has heard of no problem from the GPU', () => {
  expect(problems).toEqual([]);
});
