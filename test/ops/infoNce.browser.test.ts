/** A contrastive step recorded on WebGPU against the same step run eagerly: nothing may differ, not a bit. */
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { selectBackend } from '../../src/engine/backend.ts';
import { createStepper } from '../../src/engine/createStepper.ts';
import { browserEnvironment } from '../../src/engine/environment.browser.ts';
import { GraphStepper } from '../../src/engine/gpu/graphStepper.ts';
import { EagerStepper, type StepFunction, type Stepper } from '../../src/engine/stepper.ts';
import { updateEma } from '../../src/ops/ema.ts';
import '../../src/ops/gradients.ts';
import { infoNce } from '../../src/ops/infoNce.ts';
import { l2Normalise } from '../../src/ops/l2Normalise.ts';
import { ALL_PAIRS } from './cases/infoNce.ts';
import { normalInput } from './support/inputs.ts';

const [MODALITIES, BATCH, WIDTH] = [3, 20, 12];
const notices: string[] = [];

beforeAll(async () => {
  const environment = { ...browserEnvironment(), onNotice: (message: string) => notices.push(message) };
  expect((await selectBackend('webgpu', environment)).name).toBe('webgpu');
});

/** Moves embeddings down the gradient: [loss, loss of each pair]. */
function contrastOf(x: tf.Variable): StepFunction {
  return ({ present, keep }) => {
    const lossOf = (x: tf.Tensor) => {
      const z = tf.reshape<tf.Rank.R3>(l2Normalise(x as tf.Tensor2D), [MODALITIES, BATCH, WIDTH]);
      return infoNce(z, present as tf.Tensor2D, { temperature: 0.1, pairs: ALL_PAIRS });
    };
    const { losses } = lossOf(x);
    const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => lossOf(x).loss)(x);
    updateEma(x, tf.sub(x, grad), keep as tf.Tensor);
    return tf.concat1d([tf.reshape(value, [1]), losses]);
  };
}

async function train(make: (x: tf.Variable) => Stepper): Promise<{ losses: number[][]; weights: Float32Array }> {
  const start = normalInput('x', [MODALITIES * BATCH, WIDTH]);
  const x = tf.tidy(() => tf.variable(tf.tensor(start.values, start.shape)));
  const stepper = make(x);
  const losses: number[][] = [];
  for (let step = 0; step < 6; step++) {
    // Somebody else is missing each time.
    const present = Float32Array.from({ length: MODALITIES * BATCH }, (_, i) => ((i * 7 + step) % 11 === 0 ? 0 : 1));
    const inputs = {
      present: { data: present, shape: [MODALITIES, BATCH] },
      keep: { data: Float32Array.of(0), shape: [] },
    };
    losses.push([...(await stepper.step('', inputs, contrastOf(x)))]);
  }
  const weights = await x.data<'float32'>();
  stepper.dispose();
  x.dispose();
  return { losses, weights };
}

it('gives the same bits recorded and eagerly, and goes down', async () => {
  const recorded = await train((x) => {
    const stepper = createStepper([x]);
    expect(stepper).toBeInstanceOf(GraphStepper);
    return stepper;
  });
  const eager = await train(() => new EagerStepper());
  expect(recorded).toEqual(eager);
  expect(notices).toEqual([]);
  expect(recorded.losses.at(-1)?.[0]).toBeLessThan((recorded.losses[0]?.[0] as number) - 0.1);
}, 120_000);
