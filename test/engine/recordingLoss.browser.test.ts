/** A device that goes away while a step is being recorded: whoever waits for the step hears of it, and nobody else. */
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { createStepper } from '../../src/engine/createStepper.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import type { StepFunction, StepInputs } from '../../src/engine/stepper.ts';

const { requestDevice } = GPUAdapter.prototype;
const { mapAsync } = GPUBuffer.prototype;
const { popErrorScope } = GPUDevice.prototype;
const unheard: unknown[] = [];
let device: GPUDevice;
/** Reads that were asked for since the test began. */
let reads = 0;
/** Called right after each. */
let onRead: () => void;

function hear(event: PromiseRejectionEvent): void {
  unheard.push(event.reason);
}

beforeAll(() => {
  GPUAdapter.prototype.requestDevice = async function (descriptor) {
    device = await requestDevice.call(this, descriptor);
    return device;
  };
  GPUBuffer.prototype.mapAsync = function (...args) {
    const mapped = mapAsync.apply(this, args);
    reads += 1;
    onRead();
    return mapped;
  };
  addEventListener('unhandledrejection', hear);
});

beforeEach(async () => {
  onRead = () => undefined;
  await selectBackend('webgpu', browserEnvironment());
  reads = 0;
  unheard.length = 0;
});

afterEach(() => {
  GPUDevice.prototype.popErrorScope = popErrorScope;
});

afterAll(() => {
  GPUAdapter.prototype.requestDevice = requestDevice;
  GPUBuffer.prototype.mapAsync = mapAsync;
  removeEventListener('unhandledrejection', hear);
});

const doubling: StepFunction = ({ x }) => tf.mul(x as tf.Tensor1D, 2);
const inputs: StepInputs = { x: { data: Float32Array.of(1, 2), shape: [2] } };

/** Rejections that nobody handles are reported once the task is over that they happened in. */
async function nothingUnheard(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(unheard).toEqual([]);
}

describe('a step whose device is lost while it is recorded', () => {
  it('fails once, before its errors are known', async () => {
    const stepper = createStepper([]);
    // The GPU says that nothing was wrong only some time after it is gone.
    GPUDevice.prototype.popErrorScope = async function () {
      device.destroy();
      const error = await popErrorScope.call(this);
      await new Promise((resolve) => setTimeout(resolve, 50));
      return error;
    };
    await expect(stepper.step('', inputs, doubling)).rejects.toThrow(/mapAsync/);
    await nothingUnheard();
  });

  it.each([1, 2, 3])('fails once, at its read %i', async (last) => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    const stepper = createStepper([variable]);
    onRead = () => {
      if (reads === last) device.destroy();
    };
    await expect(stepper.step('', inputs, doubling)).rejects.toThrow(/mapAsync/);
    await nothingUnheard();
  });

  it('fails once, when it is gone before anything is compiled', async () => {
    const stepper = createStepper([]);
    device.destroy();
    await expect(stepper.step('', inputs, doubling)).rejects.toThrow();
    await nothingUnheard();
  });
});
