/** data2vec 2.0 on WebGPU: PyTorch's step, and steps that are recorded and replayed. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { withObjective } from '../../src/config/presets.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { GraphStepper } from '../../src/engine/gpu/graphStepper.ts';
import { latentLoss } from '../../src/objectives/data2vec.ts';
import { Run } from '../../src/trainer/run.ts';
import classFixture from '../reference/data2vecClass.json';
import lineFixture from '../reference/data2vecLine.json';
import { expectStep, type Fixture, toWeights } from '../reference/fixture.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';
import { fixedPositions, modelOf, taskOf, upload } from './data2vecFixture.ts';

/** Compiling dozens of kernels takes a processor that plays GPU a while. */
const TIMEOUT = 180_000;

const notices: string[] = [];

beforeAll(async () => {
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  expect((await selectBackend('webgpu', environment)).name).toBe('webgpu');
});

describe('data2vec 2.0 on WebGPU', () => {
  it.each([
    ['on a grid, with the class token’s loss', classFixture],
    ['on a line, without layer norm', lineFixture],
  ])(
    'has the loss and gradients that PyTorch computed %s',
    async (_, fixture) => {
      // Its settings name the objective, too.
      const step = fixture as unknown as Fixture;
      const model = modelOf(step);
      const positions = { pos_embed: fixedPositions(model) };
      const teacher = { ...toWeights(step.teacher ?? {}), ...positions };
      const task = upload(taskOf(step));
      await expectStep(step, (weights) => latentLoss(weights, model, task, teacher).loss as tf.Scalar, positions);
    },
    TIMEOUT,
  );

  it.each(['layer', 'none'] as const)(
    'replays recorded steps, which move the teacher, with target norm %s',
    async (targetNorm) => {
      const { data, picture, model } = tinyConfig();
      const start = withObjective(tinyConfig(), 'data2vec');
      const config = {
        ...start,
        data,
        picture,
        model: { ...model, depth: 1 },
        optimiser: { ...start.optimiser, batch: 2 },
        data2vec: { ...start.data2vec, masks: 2, decoderDepth: 1, targetNorm },
      };
      const run = new Run(config, rampDataset());
      expect(Reflect.get(run, 'stepper')).toBeInstanceOf(GraphStepper);
      const teachers = [];
      for (let i = 0; i < 3; i++) {
        const { loss, metrics } = await run.step();
        const { perDimension = Number.NaN } = metrics;
        // One block: instance norm makes the square of its outputs 1 over a picture, not over removed patches.
        expect(loss / Math.sqrt(32)).toBeCloseTo(perDimension, targetNorm === 'layer' ? 5 : 0);
        teachers.push((await run.snapshot()).teacher);
      }
      expect(teachers[1]).not.toEqual(teachers[0]);
      expect(teachers[2]).not.toEqual(teachers[1]);
      // The first replay is held against the step that was recorded, bit for bit; a difference would have been told.
      expect(notices).toEqual([]);
      run.dispose();
    },
    TIMEOUT,
  );
});
