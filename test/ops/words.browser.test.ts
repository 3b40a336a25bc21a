/** The WGSL kernels of words, in Chromium; a software adapter will do, none at all fails. */
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { embedWordsCases } from './cases/embedWords.ts';
import { itCountsRightWords, wordLossCases } from './cases/wordLoss.ts';
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

  it('has the kernels', () => {
    for (const name of ['EmbedWords', 'EmbedWordsGrad', 'WordLoss']) expect(tf.getKernel(name, 'webgpu'), name).toBeDefined();
  });

  describe('embedWords', () => itHolds(embedWordsCases));
  describe('wordLoss', () => {
    itHolds(wordLossCases);
    itCountsRightWords();
  });
});
