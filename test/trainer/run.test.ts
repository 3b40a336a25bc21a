import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { BadSettingError } from '../../src/base/errors.ts';
import type { RunConfig } from '../../src/config/run.ts';
import { indexRange } from '../../src/trainer/chunks.ts';
import { positionScores } from '../../src/trainer/puzzles.ts';
import type { StepReport } from '../../src/trainer/reports.ts';
import { Run } from '../../src/trainer/run.ts';
import { train } from '../../src/trainer/train.ts';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';

beforeAll(startWasm);

async function losses(run: Run, steps: number): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < steps; i++) seen.push((await run.step()).loss);
  return seen;
}

describe('Run', () => {
  it('starts at the loss of guessing, ln n', async () => {
    const run = new Run(tinyConfig(), rampDataset());
    const { loss } = await run.step();
    expect(loss).toBeGreaterThan(Math.log(16) - 0.15);
    expect(loss).toBeLessThan(Math.log(16) + 0.15);
    run.dispose();
  });

  it('learns below what a softmax before the cross-entropy would allow', async () => {
    // Softmax twice cannot bring the loss of 16 cells under ln(e + 15) - 1 = 1.87 (methods 10, MP3 item 7).
    const run = new Run(tinyConfig({ steps: 120, batch: 16 }), rampDataset());
    const seen = await losses(run, 120);
    expect(seen[119]).toBeLessThan(1.5);
    run.dispose();
  });

  it('gives the same numbers for the same seed, others for another', async () => {
    const run = async (config: RunConfig) => {
      const one = new Run(config, rampDataset());
      const numbers = await losses(one, 4);
      one.dispose();
      return numbers;
    };
    const first = await run(tinyConfig());
    expect(await run(tinyConfig())).toEqual(first);
    expect(await run(tinyConfig({ seed: 2 }))).not.toEqual(first);
  });

  it('leaves nothing behind on the backend, step after step', async () => {
    const before = tf.memory();
    const run = new Run(tinyConfig(), rampDataset());
    await losses(run, 2);
    const held = tf.memory();
    await losses(run, 3);
    expect(tf.memory().numTensors).toBe(held.numTensors);
    expect(tf.memory().numBytes).toBe(held.numBytes);
    run.dispose();
    expect(tf.memory().numTensors).toBe(before.numTensors);
  });

  it('knows what its own steps take, whatever ran before', async () => {
    const bytesOf = async (batch: number) => {
      const run = new Run(tinyConfig({ batch }), rampDataset());
      expect(run.memoryBytes).toBe(0);
      await run.step();
      const { memoryBytes } = await run.step();
      expect(memoryBytes).toBe(run.memoryBytes);
      run.dispose();
      return memoryBytes;
    };
    const alone = await bytesOf(4);
    const large = await bytesOf(16);
    // At least the weights and the optimiser's two means of each, in 4 bytes.
    expect(alone).toBeGreaterThan(12 * 25_000);
    expect(large).toBeGreaterThan(1.5 * alone);
    expect(await bytesOf(4)).toBe(alone);
  });

  it('stops at a loss that is not finite and keeps the weights', async () => {
    const run = new Run(tinyConfig(), rampDataset());
    await losses(run, 2);
    const weights = (await run.readWeights()).slice();
    // The data, not the weights, goes bad: what is kept must be what was there.
    run.tokenizer.statistics.deviation[0] = 0;
    await expect(run.step()).rejects.toThrow(/Step 3: the loss is no longer a finite number, first in \w+\. .*step 2 are kept/);
    expect(run.steps).toBe(2);
    expect(await run.readWeights()).toEqual(weights);
    run.tokenizer.statistics.deviation[0] = 60;
    expect(Number.isFinite((await run.step()).loss)).toBe(true);
    run.dispose();
  });

  it('learns with drop path, the same for the same seed', async () => {
    const config = tinyConfig({ steps: 60, batch: 16 });
    const dropping = { ...config, model: { ...config.model, dropPath: 0.3 } };
    const seen: number[][] = [];
    for (let i = 0; i < 2; i++) {
      const run = new Run(dropping, rampDataset());
      seen.push(await losses(run, 60));
      run.dispose();
    }
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.at(-1)).toBeLessThan(2.4);
  });

  it('takes live settings from the next step on', async () => {
    const run = new Run(tinyConfig(), rampDataset());
    await run.step();
    run.config = { ...run.config, task: { ...run.config.task, maskRatio: 0.75 } };
    run.config = { ...run.config, optimiser: { ...run.config.optimiser, batch: 3, learningRate: 0.001, warmup: 0 } };
    const { learningRate, loss } = await run.step();
    expect(learningRate).toBeLessThanOrEqual(0.001);
    expect(Number.isFinite(loss)).toBe(true);
    run.dispose();
  });

  it('evaluates without changing what training goes on to do', async () => {
    const plain = new Run(tinyConfig(), rampDataset());
    const watched = new Run(tinyConfig(), rampDataset());
    const expected = await losses(plain, 4);
    const seen = await losses(watched, 2);
    const scores = await drain(positionScores(watched, watched.dataset.heldOut, indexRange(0, 12), 0.5));
    expect(scores.pictures).toBe(12);
    expect([...seen, ...(await losses(watched, 2))]).toEqual(expected);
    plain.dispose();
    watched.dispose();
  });

  it('refuses settings that cannot run together', () => {
    const config = tinyConfig();
    expect(() => new Run({ ...config, model: { ...config.model, heads: 3 } }, rampDataset())).toThrow(BadSettingError);
  });
});

describe('train', () => {
  it('runs to the last step, and goes on where it was stopped', async () => {
    const whole = new Run(tinyConfig({ steps: 6 }), rampDataset());
    const expected: StepReport[] = [];
    for await (const report of train(whole)) expected.push(report);
    expect(expected.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);

    const parted = new Run(tinyConfig({ steps: 6 }), rampDataset());
    const seen: StepReport[] = [];
    for await (const report of train(parted)) {
      seen.push(report);
      if (report.step === 3) break;
    }
    for await (const report of train(parted)) seen.push(report);
    expect(seen.map(({ loss }) => loss)).toEqual(expected.map(({ loss }) => loss));
    whole.dispose();
    parted.dispose();
  });
});

async function drain<T>(generator: AsyncGenerator<unknown, T, void>): Promise<T> {
  for (;;) {
    const result = await generator.next();
    if (result.done) return result.value;
  }
}
