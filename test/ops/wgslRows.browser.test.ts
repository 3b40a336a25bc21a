/** The WGSL kernels that are no matrix products, in Chromium; a software adapter will do, none at all fails. */

import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { attentionCases } from './cases/attention.ts';
import { itHolds } from './support/checks.ts';

describe('on webgpu', () => {
  beforeAll(async () => {
    const info = await selectBackend('webgpu', browserEnvironment());
    expect(info.name).toBe('webgpu');
  });
  it('has the kernels', () => {
    expect(tf.getKernel('ContextAttention', 'webgpu')).toBeDefined();
  });
  itHolds(attentionCases);
});
