/**
 * The numbers of every objective as they were recorded at 0.3.0: a redesign keeps them bit for bit. `RECORD=1 npx vitest run
 * --project node test/recordings` writes the recordings anew, which only a change of what is computed may need; then
 * `RESULTS_VERSION` goes up too.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/base/crc32.ts';
import type { SettingValue } from '../../src/config/field.ts';
import type { ObjectiveName } from '../../src/config/objectives.ts';
import { withObjective } from '../../src/config/presets.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { withSetting } from '../../src/config/settings.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { nodeEnvironment } from '../../src/engine/environment.node.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

interface Case {
  objective: ObjectiveName;
  settings?: Record<string, SettingValue>;
}

const SHORT = {
  'optimiser.steps': 6,
  'optimiser.warmup': 2,
  'optimiser.batch': 4,
  'optimiser.learningRate': 0.003,
  'picture.patch': 7,
};

const CASES: Readonly<Record<string, Case>> = {
  mp3: { objective: 'mp3', settings: { 'task.maskRatio': 0.25 } },
  'mp3 without a class token, crops': { objective: 'mp3', settings: { 'mp3.classToken': 'none', 'picture.minCrop': 0.5 } },
  jigsawvit: { objective: 'mp3', settings: { 'mp3.masked': 'dropped', 'task.maskRatio': 0.5 } },
  droppos: { objective: 'mp3', settings: { 'mp3.masked': 'positions', 'task.maskRatio': 0.25 } },
  mae: { objective: 'mae' },
  'mae, blocks, raw pixels': { objective: 'mae', settings: { 'mae.mask': 'block', 'mae.target': 'pixels' } },
  'mae, grid': { objective: 'mae', settings: { 'mae.mask': 'grid' } },
  simmim: { objective: 'simmim' },
  data2vec: { objective: 'data2vec', settings: { 'data2vec.masks': 2, 'data2vec.block': 2 } },
  'data2vec, class loss': { objective: 'data2vec', settings: { 'data2vec.classLoss': 1, 'data2vec.masks': 1 } },
  'self-distillation': {
    objective: 'selfDistillation',
    settings: { 'selfDistillation.pretrainSteps': 3, 'selfDistillation.rounds': 2, 'optimiser.steps': 3 },
  },
  'self-distillation, weights': {
    objective: 'selfDistillation',
    settings: { 'selfDistillation.pretrainSteps': 2, 'selfDistillation.variant': 'weights', 'optimiser.steps': 2 },
  },
  labels: { objective: 'supervised' },
  'labels, mixed, slower below': {
    objective: 'supervised',
    settings: {
      'supervised.mixup': 0.8,
      'supervised.cutmix': 1,
      'supervised.layerDecay': 0.75,
      'supervised.positions': 'relative',
      'supervised.pooling': 'mean',
      'model.dropPath': 0.2,
    },
  },
  'labels, last block': { objective: 'supervised', settings: { 'supervised.train': '1', 'supervised.norm': 'post' } },
};

interface Recording {
  /** Loss, gradient norm and step metrics of every step. */
  steps: number[][];
  /** CRC-32 of the bytes of all weights at the end. */
  weights: number;
}

/** Mask ratio and batch change on the way, where they may. */
async function record({ objective, settings = {} }: Case): Promise<Recording> {
  const config = Object.entries({ ...SHORT, ...settings }).reduce<RunConfig>(
    (run, [name, value]) => withSetting(run, name, value),
    withObjective(tinyConfig(), objective),
  );
  const run = new Run(config, rampDataset(), { ...rampDataset(24, 8), name: 'Source' });
  const steps: number[][] = [];
  while (run.steps < run.totalSteps) {
    if (run.steps === 2) run.config = withSetting(run.config, 'optimiser.batch', 3);
    if (run.steps === 2 && config.task.maskRatio > 0) run.config = withSetting(run.config, 'task.maskRatio', 0.5);
    const { loss, gradientNorm, metrics } = await run.step();
    steps.push([loss, gradientNorm, ...Object.values(metrics)]);
  }
  const weights = await run.readWeights();
  const sum = crc32(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
  run.dispose();
  return { steps, weights: sum };
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  const file = path.join(import.meta.dirname, `${backend}.json`);

  it('every objective has the numbers that it had', { timeout: 240_000 }, async () => {
    await selectBackend(backend, await nodeEnvironment(false));
    const found: Record<string, Recording> = {};
    for (const [name, one] of Object.entries(CASES)) found[name] = await record(one);
    if (process.env.RECORD !== undefined) writeFileSync(file, `${JSON.stringify(found, null, 1)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});
