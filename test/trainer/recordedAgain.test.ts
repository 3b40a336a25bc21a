/** A backend that is made current once more sets up its kernels anew: they are heard by recordings as before. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, expect, it } from 'vitest';
import { rampDataset, startWasm, tinyConfig } from '../tinyRun.ts';
import { expectSame, runBoth } from './stepNumbers.ts';

beforeEach(startWasm);

async function isRecorded(): Promise<void> {
  const both = runBoth(tinyConfig({ batch: 6 }), rampDataset);
  await expectSame(both, 4);
  expect([...both.stepper.refusals.values()]).toEqual([]);
  expect(both.stepper.recordings).toHaveLength(1);
}

it('is recorded the first time', isRecorded);

it('is recorded once the backend was selected again', isRecorded);

it('is recorded once tfjs has been told again which backend it is', async () => {
  await tf.setBackend('wasm');
  await isRecorded();
});
