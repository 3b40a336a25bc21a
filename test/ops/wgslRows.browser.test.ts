/** The WGSL kernels that are no matrix products, in Chromium; a software adapter will do, none at all fails. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { itCountsHits } from './cases/accuracy.ts';
import { itUpdatesLikeAdamW } from './cases/adamw.ts';
import { attentionCases, biasedAttentionCases, itMeetsExtremes } from './cases/attention.ts';
import { crossEntropyCases, itMeasuresSurprise } from './cases/crossEntropy.ts';
import { dropoutCases } from './cases/dropout.ts';
import { itAverages } from './cases/ema.ts';
import { gatherRowsCases } from './cases/gatherRows.ts';
import { layerNormCases } from './cases/layerNorm.ts';
import { dropTokenCases, prependTokenCases } from './cases/prependToken.ts';
import { itHolds } from './support/checks.ts';

const KERNELS = [
  ...['ContextAttention', 'ContextAttentionGrad', 'BiasedAttention', 'BiasedAttentionGrad'],
  ...['LayerNorm', 'LayerNormGrad', 'CrossEntropy', 'CrossEntropyGrad', 'Accuracy', 'AdamW', 'Ema'],
  ...['PrependToken', 'PrependTokenGrad', 'DropToken', 'DropTokenGrad', 'GatherRows', 'ScatterRows', 'Dropout'],
];

describe('on webgpu', () => {
  const problems: string[] = [];

  beforeAll(async () => {
    const environment = { ...browserEnvironment(), onGpuProblem: (message: string) => problems.push(message) };
    const info = await selectBackend('webgpu', environment);
    expect(info.name).toBe('webgpu');
  });

  // A kernel that does not compile leaves its outputs as they were, which may be right by chance.
  afterEach(() => expect(problems.splice(0)).toEqual([]));

  it('has the kernels', () => {
    for (const name of KERNELS) expect(tf.getKernel(name, 'webgpu'), name).toBeDefined();
  });

  describe('attention', () => {
    itHolds([...attentionCases, ...biasedAttentionCases]);
    itMeetsExtremes();
  });
  describe('layerNorm', () => itHolds(layerNormCases));
  describe('crossEntropy', () => {
    itHolds(crossEntropyCases);
    itMeasuresSurprise();
  });
  describe('accuracy', itCountsHits);
  describe('prependToken', () => itHolds([...prependTokenCases, ...dropTokenCases]));
  describe('gatherRows', () => itHolds(gatherRowsCases));
  describe('dropout', () => itHolds(dropoutCases));
  describe('adamW', itUpdatesLikeAdamW);
  describe('updateEma', itAverages);
});
