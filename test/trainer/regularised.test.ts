/** Updates with regularisers against those that PyTorch made of the same gradients (test/reference/regularisers.py). */
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import type { Anchor, Regulariser } from '../../src/objectives/regulariser.ts';
import { l2sp } from '../../src/objectives/regularisers/l2sp.ts';
import { mars } from '../../src/objectives/regularisers/mars.ts';
import { recAdam } from '../../src/objectives/regularisers/recAdam.ts';
import { adamWNumbers } from '../../src/ops/adamw.ts';
import { regularisedUpdate } from '../../src/trainer/regularised.ts';
import { expectAllClose } from '../ops/support/closeness.ts';
import { describeEachBackend } from '../ops/support/nodeBackends.ts';
import type { FixtureTensor } from '../reference/fixture.ts';

type Trajectory = { settings: Record<string, number>; end: FixtureTensor };
type Fixture = {
  learningRate: number;
  weightDecay: number;
  beta2: number;
  start: FixtureTensor;
  gradients: FixtureTensor[];
} & Record<'plain' | 'l2sp' | 'recAdam' | 'mars', Trajectory>;

const FIXTURE: Fixture = JSON.parse(readFileSync(new URL('../reference/regularisers.json', import.meta.url), 'utf8'));
/** A matrix 5 x 3 with a start, a vector of 4 with one, a matrix 3 x 2 that is new. */
const [COUNT, HELD] = [25, 19];
const decay = Float32Array.from({ length: COUNT }, (_, i) => Number(i < 15 || i >= HELD));
const held = Float32Array.from({ length: COUNT }, (_, i) => Number(i < HELD));

async function endOf(regulariser?: Regulariser): Promise<Float32Array> {
  const { learningRate, weightDecay, beta2, start, gradients } = FIXTURE;
  const state = tf.tidy(() => ({
    parameters: tf.variable(tf.tensor1d(start.data)),
    firstMoment: tf.variable(tf.zeros([COUNT])),
    secondMoment: tf.variable(tf.zeros([COUNT])),
    decay: tf.keep(tf.tensor1d(decay)),
    rate: tf.keep(tf.ones([COUNT])),
    halted: tf.variable(tf.scalar(0)),
  }));
  const anchor: Anchor = {
    start: tf.tensor1d(start.data),
    held: tf.tensor1d(held),
    share: tf.tensor1d(held),
    matrices: [{ offset: 0, inputs: 5, outputs: 3 }],
  };
  for (const [i, gradient] of gradients.entries()) {
    tf.tidy(() => {
      const hyper = tf.tensor1d(adamWNumbers({ learningRate, weightDecay, beta2, clip: 100, step: i + 1 }));
      const numbers = regulariser?.numbers?.(i + 1);
      const holds = regulariser && { regulariser, anchor };
      regularisedUpdate(state, tf.tensor1d(gradient.data), hyper, holds, numbers && tf.tensor1d(numbers));
    });
  }
  const end = await state.parameters.data<'float32'>();
  tf.dispose([Object.values(state), anchor.start, anchor.held, anchor.share]);
  return end;
}

describeEachBackend(() => {
  it('takes the steps that PyTorch takes: plain, L2-SP, RecAdam, MARS', async () => {
    const { plain, l2sp: pull, recAdam: fading, mars: ball } = FIXTURE;
    const { k: slope, t0: middle, gamma } = fading.settings;
    const pairs: [string, Regulariser | undefined, Trajectory][] = [
      ['plain', undefined, plain],
      ['L2-SP', l2sp(pull.settings.alpha), pull],
      ['RecAdam', recAdam({ slope, middle, gamma }), fading],
      ['MARS', mars(ball.settings.radius), ball],
    ];
    for (const [, regulariser, { end }] of pairs)
      expectAllClose(await endOf(regulariser), end.data, { absolute: 2e-6, relative: 1e-5 });
    // They are not the same by chance.
    for (const { end } of [pull, fading, ball]) {
      expect(Math.max(...end.data.slice(0, HELD).map((x, i) => Math.abs(x - plain.end.data[i])))).toBeGreaterThan(1e-3);
    }
  });

  it('is plain AdamW, bit for bit, where a regulariser weighs nothing', async () => {
    const plain = await endOf();
    expect(await endOf(l2sp(0))).toEqual(plain);
    // The sigmoid is 1 in single precision from the first update on.
    expect(await endOf(recAdam({ slope: 10, middle: -50, gamma: 1000 }))).toEqual(plain);
    expect(await endOf(mars(3e38))).toEqual(plain);
  });
});
