/** Recorded steps when something is wrong: with the step, with its kernels, or with the numbers. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BackendError } from '../../src/base/errors.ts';
import { selectBackend } from '../../src/engine/backend.ts';
import { createStepper } from '../../src/engine/createStepper.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { currentGpuSession } from '../../src/engine/gpu/session.ts';
import type { StepFunction, StepInputs } from '../../src/engine/stepper.ts';
import { updateEma } from '../../src/ops/ema.ts';
import type { Kernel } from '../../src/ops/wgsl/kernel.ts';
import { Run } from '../../src/trainer/run.ts';
import { rampDataset, tinyConfig } from '../tinyRun.ts';

const notices: string[] = [];
const problems: string[] = [];
const compiled: [number, number][] = [];

beforeAll(async () => {
  const environment = browserEnvironment();
  environment.onNotice = (message) => notices.push(message);
  environment.onGpuProblem = (message) => problems.push(message);
  environment.onCompiling = (done, total) => compiled.push([done, total]);
  await selectBackend('webgpu', environment);
});

beforeEach(() => {
  notices.length = 0;
  problems.length = 0;
});

/** Averages of its input in a variable: 10 % of the way each step. */
function averaging(average: tf.Variable): StepFunction {
  return ({ x, rate }) => {
    updateEma(average, x as tf.Tensor, rate as tf.Tensor);
    return tf.clone(average) as tf.Tensor1D;
  };
}

function inputs(...values: number[]): StepInputs {
  return {
    x: { data: Float32Array.from(values), shape: [values.length] },
    rate: { data: Float32Array.of(0.5), shape: [] },
  };
}

function vector(...values: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor1d(values)));
}

const BROKEN: Kernel = {
  label: 'broken on purpose',
  code: '@group(0) @binding(0) var<storage, read_write> x: array<f32>; @compute @workgroup_size(1) fn main() { x[0] = nothing; }',
  bindings: ['write'],
  uniforms: [],
  workgroups: [1, 1, 1],
  flops: 0,
};

describe('a recorded step', () => {
  it('takes new inputs each time and changes its state in place', async () => {
    const average = vector(0, 8);
    const stepper = createStepper([average]);
    const seen = [];
    for (const x of [8, 0, 16]) seen.push([...(await stepper.step('', inputs(x, x), averaging(average)))]);
    expect(seen).toEqual([
      [4, 8],
      [2, 4],
      [9, 10],
    ]);
    expect([...(await average.data())]).toEqual([9, 10]);
    expect(notices).toEqual([]);
    stepper.dispose();
    average.dispose();
  });

  it('whose replay is not what was recorded runs eagerly from then on, says so, and stays right', async () => {
    const average = vector(0);
    // Keeps its average where the check does not put it back: the replay starts from another state.
    const stepper = createStepper([]);
    const first = await stepper.step('', inputs(8), averaging(average));
    expect([...first]).toEqual([4]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('did not repeat exactly');
    const [before] = await average.data();
    expect([...(await stepper.step('', inputs(0), averaging(average)))]).toEqual([(before as number) / 2]);
    average.dispose();
  });

  it('of another shape is recorded for itself', async () => {
    const average = vector(0, 0);
    const stepper = createStepper([average]);
    const sum: StepFunction = ({ x }) => tf.reshape(tf.sum(x as tf.Tensor), [1]);
    expect([...(await stepper.step('sum', inputs(1, 2), sum))]).toEqual([3]);
    expect([...(await stepper.step('sum', inputs(1, 2, 3), sum))]).toEqual([6]);
    expect([...(await stepper.step('sum', inputs(5, 6), sum))]).toEqual([11]);
    stepper.dispose();
    average.dispose();
  });

  it('names the kernel that does not compile', async () => {
    const stepper = createStepper([]);
    const broken: StepFunction = ({ x }) => {
      currentGpuSession()?.dispatcher.dispatch(BROKEN, [x as tf.Tensor]);
      return tf.clone(x as tf.Tensor1D);
    };
    await expect(stepper.step('', inputs(1), broken)).rejects.toThrow(BackendError);
    await expect(stepper.step('', inputs(1), broken)).rejects.toThrow('"broken on purpose"');
    // What is well goes on.
    const fine: StepFunction = ({ x }) => tf.mul(x as tf.Tensor1D, 2);
    expect([...(await stepper.step('', inputs(1), fine))]).toEqual([2]);
    stepper.dispose();
  });

  it('says that the GPU refused it when it asks for more memory than there is', async () => {
    const stepper = createStepper([]);
    const huge: StepFunction = ({ x }) => {
      const side = 2 ** 16;
      const outer = tf.matMul(tf.ones([side, 1]), tf.ones([1, side]));
      return tf.add(tf.reshape(tf.sum(outer), [1]), x as tf.Tensor1D);
    };
    await expect(stepper.step('', inputs(1), huge)).rejects.toThrow(/^The GPU (ran out of memory|refused a kernel)/);
    const fine: StepFunction = ({ x }) => tf.mul(x as tf.Tensor1D, 3);
    expect([...(await stepper.step('fine', inputs(1), fine))]).toEqual([3]);
    stepper.dispose();
  });
});

describe('a run on recorded steps', () => {
  it('tells how far compiling is', async () => {
    const run = new Run(tinyConfig({ batch: 3 }), rampDataset());
    compiled.length = 0;
    await run.step();
    expect(compiled.length).toBeGreaterThan(1);
    const [done, total] = compiled.at(-1) as [number, number];
    expect(done).toBe(total);
    run.dispose();
  });

  it('keeps the last good weights when numbers break with two steps under way, and can go on', async () => {
    const run = new Run(tinyConfig({ batch: 3 }), rampDataset());
    for (let i = 0; i < 2; i++) await run.step();
    const weights = await run.readWeights();
    run.tokenizer.statistics.deviation[0] = 0;
    const broken = run.step();
    run.tokenizer.statistics.deviation[0] = 60;
    const after = run.step();
    const [first, second] = await Promise.allSettled([broken, after]);
    expect(String(first.status === 'rejected' && first.reason)).toMatch(
      /Step 3: .* first in \w+\. The weights of step 2 are kept/,
    );
    expect(String(second.status === 'rejected' && second.reason)).toContain('Step 3');
    expect(run.steps).toBe(2);
    expect(await run.readWeights()).toEqual(weights);
    expect((await run.step()).step).toBe(3);
    expect(await run.readWeights()).not.toEqual(weights);
    run.dispose();
  });

  it('measures every kernel of a step, and the step counts', async () => {
    const [plain, measured] = [
      new Run(tinyConfig({ batch: 3 }), rampDataset()),
      new Run(tinyConfig({ batch: 3 }), rampDataset()),
    ];
    await plain.step();
    await measured.step();
    const expected = await plain.step();
    const { report, timings } = await measured.profileStep();
    expect(report.loss).toBe(expected.loss);
    expect(await measured.readWeights()).toEqual(await plain.readWeights());
    const names = timings.map(({ kernel }) => kernel);
    expect(names).toContain('attention forward');
    expect(names).toContain('AdamW update');
    expect(timings.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeGreaterThan(0);
    plain.dispose();
    measured.dispose();
  });

  it('goes on from a snapshot as if nothing had been', async () => {
    const config = tinyConfig({ batch: 3 });
    const whole = new Run(config, rampDataset());
    for (let i = 0; i < 2; i++) await whole.step();
    const snapshot = await whole.snapshot();
    const expected = [(await whole.step()).loss, (await whole.step()).loss];
    const revived = new Run(config, rampDataset());
    revived.restore(snapshot);
    expect([(await revived.step()).loss, (await revived.step()).loss]).toEqual(expected);
    expect(revived.steps).toBe(4);
    whole.dispose();
    revived.dispose();
  });
});
