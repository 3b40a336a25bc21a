/** Recorded steps on WebGPU against the same steps run one by one: nothing may differ, not a bit. */
import { beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { GraphStepper } from '../../src/engine/gpu/graphStepper.ts';
import { EagerStepper, type Stepper } from '../../src/engine/stepper.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const notices: string[] = [];

beforeAll(async () => {
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  const info = await selectBackend('webgpu', environment);
  expect(info.name).toBe('webgpu');
});

/** Takes so many steps, as many at once as the run allows. */
async function train(run: Run, steps: number): Promise<number[]> {
  const losses: number[] = [];
  const underWay: Promise<unknown>[] = [];
  for (let i = 0; i < steps; i++) {
    underWay.push(run.step().then(({ loss }) => losses.push(loss)));
    if (underWay.length >= run.inFlight) await underWay.shift();
  }
  await Promise.all(underWay);
  return losses;
}

function stepperOf(run: Run): Stepper {
  return Reflect.get(run, 'stepper') as Stepper;
}

describe('a recorded step', () => {
  it('gives the losses and weights of eager steps, bit for bit, for 50 steps', async () => {
    const [recorded, eager] = [new Run(tinyConfig(), rampDataset()), new Run(tinyConfig(), rampDataset())];
    Reflect.set(eager, 'stepper', new EagerStepper());
    expect(stepperOf(recorded)).toBeInstanceOf(GraphStepper);
    expect(await train(recorded, 50)).toEqual(await train(eager, 50));
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    expect(notices).toEqual([]);
    recorded.dispose();
    eager.dispose();
  });

  it('goes on with its optimiser when mask ratio or batch change, and takes up an old recording again', async () => {
    const [recorded, eager] = [new Run(tinyConfig(), rampDataset()), new Run(tinyConfig(), rampDataset())];
    Reflect.set(eager, 'stepper', new EagerStepper());
    for (const [maskRatio, batch] of [
      [0, 4],
      [0.5, 4],
      [0, 3],
      [0, 4],
    ] as const) {
      for (const run of [recorded, eager]) {
        const { task, optimiser } = run.config;
        run.config = { ...run.config, task: { ...task, maskRatio }, optimiser: { ...optimiser, batch } };
      }
      expect(await train(recorded, 2)).toEqual(await train(eager, 2));
    }
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    expect(notices).toEqual([]);
    recorded.dispose();
    eager.dispose();
  });

  it('draws drop path anew each time it is replayed', async () => {
    const config = tinyConfig({ batch: 4 });
    const dropping = { ...config, model: { ...config.model, dropPath: 0.5 } };
    const [recorded, eager] = [new Run(dropping, rampDataset()), new Run(dropping, rampDataset())];
    Reflect.set(eager, 'stepper', new EagerStepper());
    expect(await train(recorded, 4)).toEqual(await train(eager, 4));
    expect(await recorded.readWeights()).toEqual(await eager.readWeights());
    recorded.dispose();
    eager.dispose();
  });
});
