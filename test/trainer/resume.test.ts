/** A run that is written down and read again goes on bit for bit as the one that was not. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { SettingValue } from '../../src/config/field.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { startWasm } from '../tinyRun.ts';
import { compare, configOf, open } from './resuming.ts';

beforeAll(startWasm);

describe('a run from its file', () => {
  it.each<[ObjectiveName, Record<string, SettingValue>]>([
    ['mp3', { 'task.maskRatio': 0.25 }],
    ['mp3', { 'mp3.masked': 'positions', 'task.maskRatio': 0.25, 'model.dropPath': 0.2 }],
    ['mae', {}],
    ['simmim', {}],
    ['data2vec', { 'data2vec.masks': 2, 'data2vec.block': 2 }],
    ['supervised', { 'supervised.mixup': 0.8, 'supervised.layerDecay': 0.75, 'model.dropPath': 0.2 }],
  ])('goes on as it would have: %s %j', { timeout: 60_000 }, async (objective, settings) => {
    await compare(configOf(objective, settings), [0, 4, 7]);
  });

  it('does so from before, at and after every border of phases', { timeout: 120_000 }, async () => {
    const settings = { 'selfDistillation.pretrainSteps': 3, 'selfDistillation.rounds': 2, 'optimiser.steps': 3 };
    await compare(configOf('selfDistillation', settings), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });
});

describe('weights only', () => {
  it('start the optimiser anew: the first update is as long as the first of all', async () => {
    // With beta2 0.999 a correction for 500 steps that never were made updates several times too long.
    const config = configOf('supervised', { 'optimiser.steps': 600, 'optimiser.warmup': 0, 'optimiser.weightDecay': 0 });
    const run = open(config);
    const weights = (await run.readWeights()).slice();
    const moved = async () => {
      await run.step();
      const now = await run.readWeights();
      return Math.max(...now.map((value, i) => Math.abs(value - weights[i])));
    };
    const first = await moved();
    run.writeWeights(weights, 500);
    const { learningRate } = await run.step();
    const now = await run.readWeights();
    const later = Math.max(...now.map((value, i) => Math.abs(value - weights[i])));
    // Adam's first step moves by the learning rate, whatever the gradient.
    expect(first).toBeLessThan(1.01 * 0.003);
    expect(later).toBeLessThan(1.01 * learningRate);
    run.dispose();
  });
});

describe('without WebAssembly', () => {
  beforeAll(async () => void (await selectBackend('cpu', await nodeEnvironment(false))));

  const SMALL = { 'model.depth': 1, 'model.width': 16, 'optimiser.batch': 2, 'optimiser.steps': 3, 'model.dropPath': 0.2 };

  const SMALL_DECODER = { 'mae.decoderDepth': 1, 'mae.decoderWidth': 32, 'picture.patch': 14 };
  const ROUNDS = { 'selfDistillation.pretrainSteps': 2, 'selfDistillation.rounds': 1, 'optimiser.steps': 1 };
  const DISTILLED = { ...SMALL_DECODER, ...ROUNDS };

  it.each<[ObjectiveName, Record<string, SettingValue>]>([
    ['mp3', { 'task.maskRatio': 0.25, 'picture.patch': 14 }],
    ['mae', SMALL_DECODER],
    ['simmim', {}],
    ['data2vec', { 'data2vec.masks': 1, 'data2vec.block': 2 }],
    ['supervised', {}],
    ['selfDistillation', DISTILLED],
  ])('%s goes on as it would have', { timeout: 60_000 }, async (objective, settings) => {
    await compare(configOf(objective, { ...SMALL, ...settings }), [2]);
  });
});
