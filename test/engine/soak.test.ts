/** Many recorded steps on Dawn's null backend, which executes nothing: what the host keeps must not grow. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { nullEnvironment } from '../../src/cli/bench/dawn.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { backendBytes } from '../../src/engine/memory.ts';
import { Run } from '../../src/trainer/run.ts';
import { train } from '../../src/trainer/train.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const problems: string[] = [];

beforeAll(async () => {
  const environment = await nullEnvironment();
  environment.onGpuProblem = (message) => problems.push(message);
  await selectBackend('webgpu', environment);
});

interface Held {
  tensors: number;
  dataIds: number;
  gpuBytes: number;
}

function held(): Held {
  return { tensors: tf.memory().numTensors, dataIds: tf.backend().numDataIds(), gpuBytes: backendBytes() };
}

describe('recorded steps', () => {
  it('hold no more after 3,000 of them than after 200', async () => {
    const run = new Run(tinyConfig({ steps: 3000, batch: 2 }), rampDataset());
    const seen: Held[] = [];
    for await (const { step } of train(run)) if (step % 200 === 0) seen.push(held());
    expect(seen).toEqual(seen.map(() => seen[0]));
    run.dispose();
    expect(problems).toEqual([]);
  }, 60_000);

  it('give everything back with their run, and keep no more than three recordings', async () => {
    const before = held();
    const run = new Run(tinyConfig({ steps: 100 }), rampDataset());
    const bytes: number[] = [];
    for (const batch of [2, 3, 4, 5, 6]) {
      run.config = { ...run.config, optimiser: { ...run.config.optimiser, batch } };
      for (let i = 0; i < 3; i++) await run.step();
      bytes.push(held().gpuBytes);
    }
    // Each recording is larger than the last. The fourth and the fifth take the place of the first and the second.
    const grown = bytes.map((value, i) => value - (bytes[i - 1] ?? before.gpuBytes));
    expect(grown[3]).toBeLessThan(grown[2] as number);
    expect(grown[4]).toBeLessThan(grown[2] as number);
    run.dispose();
    expect(held().tensors).toBe(before.tensors);
    expect(held().dataIds).toBe(before.dataIds);
    expect(problems).toEqual([]);
  });
});
