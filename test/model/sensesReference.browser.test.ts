/** A contrastive step on WebGPU, where matching has kernels of its own. */
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import contrastive from '../reference/contrastive.json';
import { expectStep, type Fixture } from '../reference/fixture.ts';
import { contrastiveStep } from './sensesFixture.ts';

/** A software adapter takes a second for every kernel that it compiles. */
const TIMEOUT = 240_000;

beforeAll(async () => {
  expect((await selectBackend('webgpu', browserEnvironment())).name).toBe('webgpu');
});

it(
  'has the loss and gradients that PyTorch computed',
  async () => {
    const fixture = contrastive as unknown as Fixture;
    const { loss, fixed } = contrastiveStep(fixture);
    await expectStep(fixture, loss, fixed);
  },
  TIMEOUT,
);
