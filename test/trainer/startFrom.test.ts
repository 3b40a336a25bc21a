/** Runs that begin with the weights of another one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/base/errors.ts';
import { fineTuneConfig } from '../../src/config/fineTune.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { writeCheckpoint } from '../../src/io/checkpoint.ts';
import { Run } from '../../src/trainer/run.ts';
import { Session } from '../../src/worker/session.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

const DATASET = rampDataset();
const MP3 = tinyConfig();
const MAE: RunConfig = { ...MP3, task: { ...MP3.task, objective: 'mae', maskRatio: 0.5 } };

/** A run of a few steps, as a file, and its weights by name. */
async function trained(config: RunConfig, steps = 2): Promise<{ file: Uint8Array; weights: Map<string, Float32Array> }> {
  const run = new Run(config, DATASET);
  for (let i = 0; i < steps; i++) await run.step();
  const info = { step: run.steps, channels: 3, config: JSON.stringify(run.config) };
  const file = writeCheckpoint(run.parameters.placements, await run.readWeights(), info);
  const weights = await byName(run);
  run.dispose();
  return { file, weights };
}

async function byName(run: Run): Promise<Map<string, Float32Array>> {
  const values = await run.readWeights();
  return new Map(run.parameters.placements.map(({ spec, offset, length }) => [spec.name, values.slice(offset, offset + length)]));
}

describe('Run.startFrom', () => {
  it('takes the encoder at step 0; the rest is as the seed has it, whatever was trained before', async () => {
    const { file, weights } = await trained(MP3);
    const run = new Run(fineTuneConfig(MP3), DATASET);
    const fresh = await byName(run);
    await run.step();
    expect(run.startFrom(file).added).toEqual(['pos_embed', 'head.weight', 'head.bias']);
    expect(run.steps).toBe(0);
    for (const [name, values] of await byName(run)) {
      const added = name === 'pos_embed' || name.startsWith('head.');
      expect(values, name).toEqual((added ? fresh : weights).get(name));
    }
    expect((await run.step()).step).toBe(1);
    run.dispose();
  });

  it('gives the same run from the same file and seed', async () => {
    const { file } = await trained(MP3);
    const losses = [];
    for (let i = 0; i < 2; i++) {
      const run = new Run(fineTuneConfig(MP3), DATASET);
      run.startFrom(file);
      losses.push([(await run.step()).loss, (await run.step()).loss]);
      run.dispose();
    }
    expect(losses[0]).toEqual(losses[1]);
  });

  it('is the pretrained start of a run of several phases', async () => {
    const { file, weights } = await trained(MAE);
    const config: RunConfig = {
      ...MAE,
      task: { ...MAE.task, objective: 'selfDistillation' },
      optimiser: { ...MAE.optimiser, steps: 3 },
      selfDistillation: { ...MAE.selfDistillation, pretrainSteps: 5 },
    };
    for (const pretrainSteps of [5, 0]) {
      const run = new Run({ ...config, selfDistillation: { ...config.selfDistillation, pretrainSteps } }, DATASET);
      expect(run.startFrom(file)).toEqual({ added: [], unused: [], resized: [] });
      expect(run.steps).toBe(pretrainSteps);
      expect(run.nextBeginsPhase).toBe(true);
      // Further pretraining begins, and its start is kept for the student.
      expect((await run.step()).phase).toBe(1);
      const kept = run.pretrainedWeights ?? new Float32Array();
      for (const { spec, offset, length } of run.parameters.placements) {
        expect(kept.slice(offset, offset + length), spec.name).toEqual(weights.get(spec.name));
      }
      run.dispose();
    }
  });

  it('refuses other heads, which no shape tells, and leaves the run as it was', async () => {
    const { file } = await trained(MP3, 0);
    const config = fineTuneConfig({ ...MP3, model: { ...MP3.model, heads: 4 } });
    const run = new Run(config, DATASET);
    const before = (await run.readWeights()).slice();
    expect(() => run.startFrom(file)).toThrow(CheckpointError);
    expect(() => run.startFrom(file)).toThrow(/has 2 heads, the one to be trained has 4\. Set model\.heads=2/);
    expect(await run.readWeights()).toEqual(before);
    run.dispose();
  });
});

describe('Session.load', () => {
  it('goes on from a file of the same objective', async () => {
    const { file, weights } = await trained(MP3, 3);
    const session = new Session(1, MP3, DATASET);
    await session.load(file);
    expect(session.run.steps).toBe(3);
    expect(await byName(session.run)).toEqual(weights);
    session.dispose();
  });

  it('starts from the encoder in a file of another objective', async () => {
    const { file, weights } = await trained(MP3, 3);
    const session = new Session(1, fineTuneConfig(MP3), DATASET);
    await session.load(file);
    expect(session.run.steps).toBe(0);
    expect((await byName(session.run)).get('blocks.1.mlp.fc2.weight')).toEqual(weights.get('blocks.1.mlp.fc2.weight'));
    expect(session.snapshots.state?.steps).toBe(0);
    session.dispose();
  });

  it('refuses an encoder of another kind', async () => {
    const { file } = await trained(MP3, 0);
    const session = new Session(1, fineTuneConfig({ ...MP3, model: { ...MP3.model, depth: 1 } }), DATASET);
    await expect(session.load(file)).rejects.toThrow(/depth 2, the one to be trained has depth 1/);
    session.dispose();
  });
});
