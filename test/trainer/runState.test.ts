/** A run that is written down and read again goes on bit for bit as the one that was not. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import type { SettingValue } from '../../src/config/field.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { readEncoder } from '../../src/io/encoder.ts';
import { isStateTensor } from '../../src/io/leftOver.ts';
import { readRunState, writeRunState } from '../../src/io/runState.ts';
import { readSafetensors, writeSafetensors } from '../../src/io/safetensors.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

const SHORT = {
  'optimiser.warmup': 2,
  'optimiser.batch': 4,
  'optimiser.learningRate': 0.003,
  'picture.patch': 7,
  'optimiser.steps': 8,
};

function configOf(objective: ObjectiveName, settings: Record<string, SettingValue> = {}): RunConfig {
  return Object.entries({ ...SHORT, ...settings }).reduce<RunConfig>(
    (run, [path, value]) => withSetting(run, path, value),
    withObjective(tinyConfig(), objective),
  );
}

const open = (config: RunConfig) => new Run(config, rampDataset(), { ...rampDataset(24, 8), name: 'Source' });

/** One step, with a batch and a mask ratio that change on the way. */
async function step(run: Run): Promise<number[]> {
  if (run.steps === 2) run.config = withSetting(run.config, 'optimiser.batch', 3);
  if (run.steps === 3 && run.config.task.maskRatio > 0) run.config = withSetting(run.config, 'task.maskRatio', 0.5);
  const { loss, gradientNorm, metrics } = await run.step();
  return [loss, gradientNorm, ...Object.values(metrics)];
}

const bytesOf = async (run: Run) =>
  writeRunState(run.parameters.placements, await run.snapshot(), {
    step: run.steps,
    channels: 3,
    config: JSON.stringify(run.config),
  });

/** The run from step `from` on: unbroken, and written down and read by a fresh one there. */
async function compare(config: RunConfig, from: readonly number[]): Promise<void> {
  const whole = open(config);
  const steps: number[][] = [];
  const files = new Map<number, { bytes: Uint8Array; config: RunConfig }>();
  while (whole.steps < whole.totalSteps) {
    if (from.includes(whole.steps)) files.set(whole.steps, { bytes: await bytesOf(whole), config: whole.config });
    steps.push(await step(whole));
  }
  const end = (await whole.readWeights()).slice();
  whole.dispose();
  for (const [at, file] of files) {
    const run = open(file.config);
    const state = readRunState(file.bytes, run.parameters.placements);
    expect(state?.steps).toBe(at);
    if (state !== undefined) run.restore(state);
    const rest: number[][] = [];
    while (run.steps < run.totalSteps) rest.push(await step(run));
    expect(rest, `from step ${at}`).toEqual(steps.slice(at));
    expect(await run.readWeights()).toEqual(end);
    run.dispose();
  }
}

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

describe('files of runs', () => {
  it('are weights with timm’s names to everybody else', async () => {
    const run = open(configOf('mae'));
    await step(run);
    const bytes = await bytesOf(run);
    const names = readSafetensors(bytes).tensors.map(({ name }) => name);
    expect(names.filter(isStateTensor)).toEqual(['state.first_moment', 'state.second_moment']);
    expect(names).toContain('blocks.0.attn.qkv.weight');
    const { added } = readEncoder(bytes, run.parameters.placements, run.tokenizer.tokens, new Float32Array(run.parameters.count));
    expect(added).toEqual([]);
    run.dispose();
  });

  it('are refused when they are damaged, of a newer version, or of another model', async () => {
    const run = open(configOf('data2vec', { 'data2vec.block': 2 }));
    await step(run);
    const bytes = await bytesOf(run);
    const { placements } = run.parameters;
    const read = (changed: Uint8Array) => readRunState(changed, placements);
    expect(read(bytes)?.steps).toBe(1);

    const { tensors, metadata } = readSafetensors(bytes);
    const rewritten = (change: (name: string, data: Float32Array) => Float32Array, state = metadata) =>
      writeSafetensors(
        tensors.map(({ name, data }) => {
          const changed = change(name, data.slice());
          return {
            name,
            shape: changed.length === data.length ? (tensors.find((t) => t.name === name)?.shape ?? []) : [changed.length],
            data: changed,
          };
        }),
        state,
      );
    const flip = (wanted: string) =>
      rewritten((name, data) => {
        if (name === wanted) data[3] += 1e-3;
        return data;
      });
    for (const name of ['state.first_moment', 'state.teacher', 'norm_pre.weight', 'blocks.0.mlp.fc1.weight']) {
      expect(() => read(flip(name)), name).toThrow(/damaged/);
    }
    expect(() => read(rewritten((name, data) => (name === 'state.second_moment' ? data.slice(1) : data)))).toThrow(/damaged/);
    expect(() => read(bytes.slice(0, bytes.length - 8))).toThrow(CheckpointError);

    const told: Record<string, number> = JSON.parse(metadata['patchwork.state'] ?? '{}');
    const saying = (changes: object) =>
      rewritten((_, data) => data, { ...metadata, 'patchwork.state': JSON.stringify({ ...told, ...changes }) });
    expect(() => read(saying({ format: 2 }))).toThrow(/newer version/);
    expect(() => read(saying({ layout: 1 }))).toThrow(/other parameters/);
    expect(() => read(saying({ steps: -1 }))).toThrow(/damaged/);
    expect(() => read(rewritten((_, data) => data, { ...metadata, 'patchwork.state': '{' }))).toThrow(/damaged/);
    const { 'patchwork.state': _, ...plain } = metadata;
    expect(read(rewritten((_name, data) => data, plain))).toBeUndefined();
    run.dispose();
  });
});
