/** The WGSL kernels that are no matrix products, in Chromium; a software adapter will do, none at all fails. */
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { Dispatcher } from '../../src/engine/gpu/dispatcher.ts';
import { tfjsInternals } from '../../src/engine/gpu/tfjs.ts';
import { updateEma } from '../../src/ops/ema.ts';
import { attentionBackward, attentionForward } from '../../src/ops/wgsl/attention.ts';
import { itCountsHits } from './cases/accuracy.ts';
import { itUpdatesLikeAdamW } from './cases/adamw.ts';
import { attentionCases, biasedAttentionCases, itMeetsExtremes } from './cases/attention.ts';
import { crossEntropyCases, itMeasuresSurprise } from './cases/crossEntropy.ts';
import { dropoutCases } from './cases/dropout.ts';
import { itAverages } from './cases/ema.ts';
import { gatherRowsCases, itTakesNothingFromNowhere } from './cases/gatherRows.ts';
import { gatherTableCases, relativeBiasCases } from './cases/gatherTable.ts';
import { groupedConvCases } from './cases/groupedConv.ts';
import { infoNceCases, itMatches } from './cases/infoNce.ts';
import { itNormalises, l2NormaliseCases } from './cases/l2Normalise.ts';
import { layerNormCases, layerNormForkCases } from './cases/layerNorm.ts';
import { meanErrorCases } from './cases/meanError.ts';
import { dropTokenCases, prependTokenCases } from './cases/prependToken.ts';
import { rowsCases } from './cases/rows.ts';
import { biasedSelfAttentionCases } from './cases/selfAttention.ts';
import { softCrossEntropyCases } from './cases/softCrossEntropy.ts';
import { stackMatricesCases } from './cases/stackMatrices.ts';
import { itHolds } from './support/checks.ts';
import { expectAllClose } from './support/closeness.ts';
import { normalInput } from './support/inputs.ts';

const KERNELS = [
  ...['ContextAttention', 'ContextAttentionGrad', 'BiasedAttention', 'BiasedAttentionGrad'],
  ...['LayerNorm', 'LayerNormGrad', 'LayerNormForkGrad', 'CrossEntropy', 'CrossEntropyGrad', 'Accuracy', 'AdamW', 'Ema'],
  ...['PrependToken', 'PrependTokenGrad', 'DropToken', 'DropTokenGrad', 'GatherRows', 'ScatterRows', 'Dropout'],
  ...['MeanSquaredError', 'MeanSquaredErrorGrad', 'MeanAbsoluteError', 'MeanAbsoluteErrorGrad'],
  ...['SoftCrossEntropy', 'SoftCrossEntropyGrad', 'MeanTokens', 'MeanTokensGrad', 'BroadcastToken', 'BroadcastTokenGrad'],
  ...['GroupedConv', 'GroupedConvGrad', 'GatherTable', 'ScatterTable', 'L2Normalise', 'L2NormaliseGrad'],
  ...['InfoNce', 'InfoNceGrad'],
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
  describe('layerNorm', () => itHolds([...layerNormCases, ...layerNormForkCases]));
  describe('stackMatrices', () => itHolds(stackMatricesCases));
  describe('infoNce', () => {
    itHolds(infoNceCases);
    itMatches();
  });
  describe('l2Normalise', () => {
    itHolds(l2NormaliseCases);
    itNormalises();
  });
  describe('crossEntropy', () => {
    itHolds(crossEntropyCases);
    itMeasuresSurprise();
  });
  describe('accuracy', itCountsHits);
  describe('prependToken', () => itHolds([...prependTokenCases, ...dropTokenCases]));
  describe('gatherRows', () => {
    itHolds(gatherRowsCases);
    itTakesNothingFromNowhere();
  });
  describe('gatherTable', () => itHolds([...gatherTableCases, ...relativeBiasCases]));
  describe('groupedConv', () => itHolds(groupedConvCases));
  describe('rows', () => itHolds(rowsCases));
  describe('mean errors', () => itHolds(meanErrorCases));
  describe('softCrossEntropy', () => itHolds(softCrossEntropyCases));
  describe('biased self-attention', () => itHolds(biasedSelfAttentionCases));
  describe('dropout', () => itHolds(dropoutCases));
  describe('adamW', itUpdatesLikeAdamW);
  describe('updateEma', itAverages);

  it('reaches what lies beyond the 65,535 workgroups of one dimension', async () => {
    // Odd, so that every number takes a thread of its own.
    const count = 65_536 * 64 + 65;
    const values = Float32Array.from({ length: count }, (_, i) => i + 1);
    const average = tf.tidy(() => tf.variable(tf.zeros([count])));
    tf.tidy(() => updateEma(average, tf.tensor1d(values), tf.scalar(0.5)));
    const updated = await average.data();
    average.dispose();
    expect(updated.findIndex((value, i) => value !== (i + 1) / 2)).toBe(-1);
  });

  it('gives attention the same gradient in several turns, of which the last is shorter', async () => {
    const [batch, queries, context, width, heads] = [5, 7, 6, 16, 2];
    const gpu = new Dispatcher(tfjsInternals(tf.backend() as WebGPUBackend));
    const [q, kv, dy, bias] = [
      normalInput('q', [batch, queries, width]),
      normalInput('kv', [batch, context, 2 * width]),
      normalInput('dy', [batch, queries, width]),
      normalInput('bias', [heads, queries, context]),
    ].map(({ values, shape }) => tf.tensor(values, shape));
    const [output, state] = attentionForward(gpu, { q, kv, heads, bias });
    const gradients = async (scratch?: number) => {
      const infos = attentionBackward(gpu, { q, kv, output, state, dy, heads, bias }, scratch);
      return Promise.all(infos.map((info) => tf.engine().makeTensorFromTensorInfo(info).data<'float32'>()));
    };
    const [dq, dkv, dBias] = await gradients();
    const twoSamples = 2 * 2 * heads * queries * context;
    const [dqParted, dkvParted, dBiasParted] = await gradients(twoSamples);
    expect(dqParted).toEqual(dq);
    expect(dkvParted).toEqual(dkv);
    expectAllClose(dBiasParted, dBias, { absolute: 1e-6, relative: 1e-5 });
  });
});
