/** Kernels of a run that goes on, on a real WebGPU device. */
import { expect, it } from 'vitest';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { pinVariant } from '../../src/engine/gpu/pinned.ts';

it('are those of the run, and the fastest again for a new one', async () => {
  await selectBackend('webgpu', browserEnvironment());
  const { variant: fastest } = currentEngine();
  expect(fastest).toBeDefined();
  const other = fastest === 'registers' ? 'largeRegisters' : 'registers';
  pinVariant(other);
  expect(currentEngine().variant).toBe(other);
  pinVariant('unheard of');
  expect(currentEngine().variant).toBe(fastest);
  pinVariant(other);
  pinVariant(undefined);
  expect(currentEngine().variant).toBe(fastest);
});
