/** The WGSL kernels that are no matrix products, in Chromium; a software adapter will do, none at all fails. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { itUpdatesLikeAdamW } from './cases/adamw.ts';
import { attentionCases } from './cases/attention.ts';
import { crossEntropyCases } from './cases/crossEntropy.ts';
import { layerNormCases } from './cases/layerNorm.ts';
import { prependTokenCases } from './cases/prependToken.ts';
import { itHolds } from './support/checks.ts';

describe('on webgpu', () => {
  const problems: string[] = [];

  beforeAll(async () => {
    const environment = { ...browserEnvironment(), onGpuProblem: (message: string) => problems.push(message) };
    const info = await selectBackend('webgpu', environment);
    expect(info.name).toBe('webgpu');
  });

  // A kernel that does not compile leaves its outputs as they were, which may be right by chance.
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  describe('attention', () => {
    it('has a kernel', () => expect(tf.getKernel('ContextAttention', 'webgpu')).toBeDefined());
    itHolds(attentionCases);
  });
  describe('layerNorm', () => itHolds(layerNormCases));
  describe('crossEntropy', () => itHolds(crossEntropyCases));
  describe('prependToken', () => itHolds(prependTokenCases));
  describe('adamW', itUpdatesLikeAdamW);
});
