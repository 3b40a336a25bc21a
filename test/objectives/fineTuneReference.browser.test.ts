/** Fine-tuning with relative positions on WebGPU, where the bias of attention has kernels of its own. */
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import relative from '../reference/finetuneRelative.json';
import { expectStep, type Fixture } from '../reference/fixture.ts';
import { fineTuneLoss } from './fineTuneFixture.ts';

/** A software adapter takes a second for every kernel that it compiles. */
const TIMEOUT = 240_000;

describe('fine-tuning on webgpu', () => {
  beforeAll(async () => {
    expect((await selectBackend('webgpu', browserEnvironment())).name).toBe('webgpu');
  });

  it(
    'has the loss and gradients that PyTorch computed',
    async () => {
      const fixture = relative as unknown as Fixture;
      await expectStep(fixture, fineTuneLoss(fixture));
    },
    TIMEOUT,
  );
});
