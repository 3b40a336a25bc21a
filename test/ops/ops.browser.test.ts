/** The ops in Chromium: on WebGPU (a software adapter will do, none at all fails), and on wasm with threads. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { attentionCases } from './cases/attention.ts';
import { crossEntropyCases } from './cases/crossEntropy.ts';
import { geluCases } from './cases/gelu.ts';
import { layerNormCases } from './cases/layerNorm.ts';
import { linearCases } from './cases/linear.ts';
import { mlpCases } from './cases/mlp.ts';
import { prependTokenCases } from './cases/prependToken.ts';
import { selfAttentionCases } from './cases/selfAttention.ts';
import { itHolds } from './support/checks.ts';
import type { OpCase } from './support/opCase.ts';

const ALL_CASES = [attentionCases, crossEntropyCases, geluCases, layerNormCases, linearCases, prependTokenCases];

describe('on webgpu', () => {
  beforeAll(async () => {
    const info = await selectBackend('webgpu', browserEnvironment());
    expect(info.name).toBe('webgpu');
  });
  for (const cases of ALL_CASES) itHolds(cases.filter(isTiny).slice(0, 2));
});

describe('on wasm with threads', () => {
  let label = '';

  beforeAll(async () => {
    ({ label } = await selectBackend('wasm', browserEnvironment()));
  });

  it('shares its memory between threads, and has the SIMD kernels', () => {
    expect(crossOriginIsolated).toBe(true);
    expect(tf.getKernel('ContextAttention', 'wasm')).toBeDefined();
    const threads = Math.min(navigator.hardwareConcurrency, 8);
    expect(label).toBe(threads > 1 ? `WebAssembly, ${threads} threads` : 'WebAssembly, 1 thread');
  });

  for (const cases of [...ALL_CASES, mlpCases, selfAttentionCases]) itHolds(cases);
});

/** A software adapter takes a millisecond for every dispatch. */
function isTiny({ inputs }: OpCase): boolean {
  return inputs.every(({ values }) => values.length > 1 && values.length <= 100);
}
