import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { phaseAt } from '../../src/config/phases.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { uploadInputs } from '../../src/engine/stepper.ts';
import { Parameters } from '../../src/model/parameters.ts';
import { modelTensors } from '../../src/model/transformer.ts';
import { supervised } from '../../src/objectives/supervised.ts';
import { colourSubject, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

function configOf(settings: Partial<RunConfig['supervised']>, model: Partial<RunConfig['model']> = {}): RunConfig {
  const config = tinyConfig();
  return {
    ...config,
    task: { ...config.task, objective: 'supervised' },
    model: { ...config.model, ...model },
    supervised: { ...config.supervised, ...settings },
  };
}

const objectiveOf = (settings: Partial<RunConfig['supervised']>, model?: Partial<RunConfig['model']>) => {
  const config = configOf(settings, model);
  return supervised(config, colourSubject(config, 3));
};
const ratesOf = (settings: Partial<RunConfig['supervised']>) =>
  Object.fromEntries(objectiveOf(settings, { depth: 4 }).parameters.map(({ name, rate = 1 }) => [name, rate]));

async function lossOf(settings: Partial<RunConfig['supervised']>): Promise<number> {
  const config = configOf(settings);
  const objective = supervised(config, colourSubject(config, 3));
  const random = new Random(3);
  const values = Float32Array.from({ length: 2 * 16 * 147 }, () => random.normal());
  const batch = { values, count: 2, patches: 16, patchLength: 147, labels: Uint16Array.of(0, 2) };
  const { phase } = phaseAt(config, 0);
  const task = objective.draw(batch, config, random, phase, 0);
  const parameters = new Parameters(objective.parameters, (name) => new Random(1, name));
  const tensors = uploadInputs({ ...task.tensors, ...modelTensors(objective.spec) });
  const loss = tf.tidy(() => objective.loss(parameters.weights(), { tensors, sizes: task.sizes }, undefined).loss);
  return (await loss.data<'float32'>())[0];
}

describe('training with labels', () => {
  it('slows layers down by gamma^(L + 1 - l)', () => {
    const rates = ratesOf({ layerDecay: 0.5 });
    for (const name of ['patch_embed.proj.weight', 'cls_token', 'pos_embed']) expect(rates[name]).toBe(0.5 ** 5);
    expect(rates['blocks.0.attn.q.weight']).toBe(0.5 ** 4);
    expect(rates['blocks.3.mlp.fc2.bias']).toBe(0.5);
    for (const name of ['norm.weight', 'head.weight', 'head.bias']) expect(rates[name]).toBe(1);
    expect(ratesOf({ layerDecay: 0.5, positions: 'relative' })['blocks.1.attn.relative_position_bias_table']).toBe(0.5 ** 3);
    expect(new Set(Object.values(ratesOf({})))).toEqual(new Set([1]));
  });

  it.each([
    ['all', ['patch_embed', 'cls_token', 'pos_embed', 'blocks.0', 'blocks.1', 'blocks.2', 'blocks.3', 'norm', 'head']],
    ['4', ['blocks.0', 'blocks.1', 'blocks.2', 'blocks.3', 'norm', 'head']],
    ['2', ['blocks.2', 'blocks.3', 'norm', 'head']],
    ['1', ['blocks.3', 'norm', 'head']],
    ['0', ['norm', 'head']],
  ] as const)('trains %s: %o', (train, expected) => {
    const trained = objectiveOf({ train }, { depth: 4 }).parameters.filter(({ trainable = true }) => trainable);
    const parts = trained.map(({ name }) => name.replace(/^((blocks\.)?\w+).*/, '$1'));
    expect([...new Set(parts)]).toEqual(expected);
    expect(trained.filter(({ name }) => name.startsWith('blocks.3.'))).toHaveLength(
      (expected as readonly string[]).includes('blocks.3') ? 14 : 0,
    );
  });

  it('trains half a block: its MLP with the norm before it', () => {
    const trained = objectiveOf({ train: '0.5' }, { depth: 4 }).parameters.filter(({ trainable = true }) => trainable);
    expect(trained.map(({ name }) => name)).toEqual([
      'blocks.3.norm2.weight',
      'blocks.3.norm2.bias',
      'blocks.3.mlp.fc1.weight',
      'blocks.3.mlp.fc1.bias',
      'blocks.3.mlp.fc2.weight',
      'blocks.3.mlp.fc2.bias',
      'norm.weight',
      'norm.bias',
      'head.weight',
      'head.bias',
    ]);
  });

  it('reads the mean of the patches behind a norm of its own, in place of the final one', () => {
    const names = objectiveOf({ pooling: 'mean' }).parameters.map(({ name }) => name);
    expect(names).toContain('fc_norm.weight');
    expect(names).not.toContain('norm.weight');
    const postNorm = objectiveOf({ norm: 'post', positions: 'sincos' }).parameters.map(({ name }) => name);
    expect(postNorm).toContain('norm_pre.weight');
    expect(postNorm.filter((name) => name.startsWith('norm.') || name.startsWith('fc_norm'))).toEqual([]);
  });

  it('starts relative positions at the loss without positions, and not those of other kinds', async () => {
    const none = await lossOf({ positions: 'none' });
    expect(await lossOf({ positions: 'relative' })).toBeCloseTo(none, 5);
    expect(Math.abs((await lossOf({ positions: 'sincos' })) - none)).toBeGreaterThan(1e-5);
  });

  it('starts at the loss of guessing, ln 3', async () => {
    for (const pooling of ['class', 'mean'] as const) expect(await lossOf({ pooling })).toBeCloseTo(Math.log(3), 1);
  });
});
