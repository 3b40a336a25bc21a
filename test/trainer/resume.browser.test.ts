/** On a GPU the same, with the variant of the matrix products that the file names. */
import { beforeAll, expect, it } from 'vitest';
import { currentEngine, selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { pinVariant } from '../../src/engine/gpu/pinVariant.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import { readRunFileHead } from '../../src/io/runFile.ts';
import { compare, configOf } from './resuming.ts';

beforeAll(async () => void (await selectBackend('webgpu', browserEnvironment())));

it('a run goes on as it would have, once its variant is pinned', { timeout: 120_000 }, async () => {
  const config = configOf('mp3', { 'task.maskRatio': 0.25, 'picture.patch': 14, 'model.depth': 1, 'optimiser.steps': 5 });
  await compare(config, [3], async (file) => {
    const { variant } = readRunFileHead(file).record.engine[0] ?? {};
    expect(variant).toBe(currentEngine().variant);
    // Another trial, or another browser, may have chosen the other one.
    const dispatcher = currentGpuSession()?.dispatcher;
    if (dispatcher === undefined || variant === undefined) throw new Error('there is a GPU');
    dispatcher.tuning = { matmul: variant === 'registers' ? 'largeRegisters' : 'registers' };
    expect(await pinVariant(variant)).toBe(true);
    expect(currentEngine().variant).toBe(variant);
    expect(await pinVariant('abacus')).toBe(false);
    expect(currentEngine().variant).toBe(variant);
  });
});
