/** Multimodal MAE, with its block for all senses, on WebGPU against PyTorch. */
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { expectStep, type Fixture } from '../reference/fixture.ts';
import multimodalMae from '../reference/multimodalMae.json';
import { multimodalMaeStep } from './multimodalMaeFixture.ts';

beforeAll(async () => {
  expect((await selectBackend('webgpu', browserEnvironment())).name).toBe('webgpu');
});

/** All kernels are compiled, on a processor that plays a GPU. */
const SLOW = { timeout: 300_000 };

const read = (json: unknown) => json as Fixture;

it('painting from what is left of all senses has the loss and gradients that PyTorch computed', SLOW, async () => {
  const { result, fixed } = multimodalMaeStep(read(multimodalMae));
  await expectStep(read(multimodalMae), (weights) => result(weights).loss, fixed);
});
