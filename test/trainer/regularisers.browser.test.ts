/** Regularisers on WebGPU: kernels against their references, and recorded steps against the same steps run one by one. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunConfig } from '../../src/config/run.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { EagerStepper } from '../../src/engine/stepper.ts';
import { Run } from '../../src/trainer/run.ts';
import { itProjectsByMars, itPullsByL2sp, itPullsByRecAdam, symmetricKlCases } from '../ops/cases/regularisers.ts';
import { itHolds } from '../ops/support/checks.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const notices: string[] = [];

beforeAll(async () => {
  const environment = { ...browserEnvironment(), onNotice: (message: string) => notices.push(message) };
  expect((await selectBackend('webgpu', environment)).name).toBe('webgpu');
});

describe('kernels', () => {
  itPullsByL2sp([5, 8]);
  itPullsByRecAdam([5, 8]);
  itProjectsByMars();
  itHolds(symmetricKlCases.slice(0, 1));
});

describe('a recorded step', () => {
  it.each(['l2sp', 'recAdam', 'mars', 'r3f'] as const)(
    'of %s gives the bits of eager steps',
    async (regulariser) => {
      const { model, supervised, task, ...config } = tinyConfig({ batch: 2, steps: 4, warmup: 1 });
      const run: RunConfig = {
        ...config,
        model: { ...model, depth: 1, width: 16 },
        task: { ...task, objective: 'supervised' },
        supervised: { ...supervised, regulariser, marsRadius: 0.01, recAdamPull: 100, recAdamMiddle: 2, recAdamSlope: 1 },
      };
      const [recorded, eager] = [new Run(run, rampDataset(8, 4)), new Run(run, rampDataset(8, 4))];
      Reflect.set(eager, 'stepper', new EagerStepper());
      const start = (await recorded.readWeights()).map((x) => x + 0.01);
      const losses: number[][] = [[], []];
      for (const [i, one] of [recorded, eager].entries()) {
        one.writeWeights(start.slice(), 0);
        for (let step = 0; step < 4; step++) losses[i].push((await one.step()).loss);
      }
      expect(losses[0]).toEqual(losses[1]);
      expect(await recorded.readWeights()).toEqual(await eager.readWeights());
      expect(notices).toEqual([]);
      recorded.dispose();
      eager.dispose();
    },
    300_000,
  );
});
