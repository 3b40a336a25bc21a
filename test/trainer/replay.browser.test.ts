/** Recorded steps on WebGPU against the same steps run one by one: nothing may differ, not a bit. */
import * as tf from '@tensorflow/tfjs-core';
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
    const [dispatches] = (stepperOf(recorded) as GraphStepper).dispatches;
    console.info('dispatches', dispatches, JSON.stringify(tf.memory()));
    recorded.dispose();
    eager.dispose();
  });
});
