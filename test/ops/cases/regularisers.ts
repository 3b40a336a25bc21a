/** What pulls weights to their start, on the backend that is current when the checks run. */
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { type AdamWSettings, type AdamWState, adamWNumbers } from '../../../src/ops/adamw.ts';
import { l2spReference } from '../../../src/ops/l2sp.reference.ts';
import { addL2sp } from '../../../src/ops/l2sp.ts';
import { marsReference } from '../../../src/ops/mars.reference.ts';
import { type FlatMatrix, projectMars } from '../../../src/ops/mars.ts';
import { recAdamReference } from '../../../src/ops/recAdam.reference.ts';
import { recAdam } from '../../../src/ops/recAdam.ts';
import { symmetricKlReference } from '../../../src/ops/symmetricKl.reference.ts';
import { symmetricKl } from '../../../src/ops/symmetricKl.ts';
import { expectAllClose } from '../support/closeness.ts';
import { normalInput } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

const CLOSE = { absolute: 1e-6, relative: 1e-5 };

const numbersOf = (name: string, length: number, deviation = 1) => normalInput(name, [length], deviation).values;
const heldOf = (length: number) => Float32Array.from({ length }, (_, i) => (i % 5 === 4 ? 0 : 1));
const rateOf = (length: number) => Float32Array.from({ length }, (_, i) => (i % 4) / 3);

export function itPullsByL2sp(lengths: readonly number[]): void {
  it.each(lengths)('L2-SP adds its gradient to %i numbers, and at weight 0 leaves their bits', async (length) => {
    const [gradient, parameters, start] = ['gradient', 'parameters', 'start'].map((name) => numbersOf(name, length));
    const held = heldOf(length);
    const compute = async (weight: number) => {
      const [g, p, s, h] = [gradient, parameters, start, held].map((values) => tf.tensor1d(values));
      const pulled = tf.tidy(() => addL2sp(g, p, s, h, tf.tensor1d([weight])));
      const values = await pulled.data();
      tf.dispose([g, p, s, h, pulled]);
      return values;
    };
    expectAllClose(await compute(0.75), l2spReference({ gradient, parameters, start, held }, 0.75), CLOSE);
    expect(await compute(0)).toEqual(gradient);
  });
}

const SETTINGS: AdamWSettings = { learningRate: 0.02, weightDecay: 0, clip: 1, step: 3, beta2: 0.999 };

export function itPullsByRecAdam(lengths: readonly number[]): void {
  const compute = async (length: number, lambda: number, halted = 0) => {
    const state = stateOf(length, halted);
    const pulled = tf.tidy(() => ({
      start: tf.keep(tf.tensor1d(numbersOf('start', length))),
      share: tf.keep(tf.mul(tf.tensor1d(heldOf(length)), state.rate)),
    }));
    tf.tidy(() => recAdam(state, pulled, tf.tensor1d(adamWNumbers(SETTINGS)), tf.tensor1d([1 - lambda, 12])));
    const after = await state.parameters.data<'float32'>();
    tf.dispose([Object.values(state), Object.values(pulled)]);
    return after;
  };

  it.each(lengths)('RecAdam takes steps back and pulls %i numbers', async (length) => {
    const expected = {
      parameters: Float64Array.from(numbersOf('parameters', length)),
      firstMoment: Float64Array.from(numbersOf('first', length, 0.1)),
      secondMoment: Float64Array.from(numbersOf('second', length, 0.1), (x) => x * x),
      decay: new Float32Array(length),
      rate: rateOf(length),
    };
    recAdamReference(expected, numbersOf('start', length), heldOf(length), { ...SETTINGS, lambda: 0.25, gamma: 12 });
    expectAllClose(await compute(length, 0.25), expected.parameters, CLOSE);
  });

  it('RecAdam leaves every bit at lambda 1, and once a gradient was not finite', async () => {
    expect(await compute(17, 1)).toEqual(numbersOf('parameters', 17));
    expect(await compute(17, 0.25, 1)).toEqual(numbersOf('parameters', 17));
  });
}

function stateOf(length: number, halted: number): AdamWState {
  return tf.tidy(() => ({
    parameters: tf.variable(tf.tensor1d(numbersOf('parameters', length))),
    firstMoment: tf.variable(tf.tensor1d(numbersOf('first', length, 0.1))),
    secondMoment: tf.variable(tf.square(tf.tensor1d(numbersOf('second', length, 0.1)))),
    decay: tf.keep(tf.zeros([length])),
    rate: tf.keep(tf.tensor1d(rateOf(length))),
    halted: tf.variable(tf.scalar(halted)),
  }));
}

/** Between them, before and behind are other parameters. */
const MATRICES: readonly FlatMatrix[] = [
  { offset: 3, inputs: 5, outputs: 7 },
  { offset: 38, inputs: 1, outputs: 3 },
  { offset: 44, inputs: 9, outputs: 2 },
];
const ALL = 65;

export function itProjectsByMars(): void {
  const compute = async (radius: number, halted = 0) => {
    const parameters = tf.tidy(() => tf.variable(tf.tensor1d(numbersOf('parameters', ALL))));
    const before = { tensors: tf.memory().numTensors, data: tf.backend().numDataIds() };
    tf.tidy(() =>
      projectMars(parameters, tf.tensor1d(numbersOf('start', ALL)), MATRICES, tf.tensor1d([radius]), tf.scalar(halted)),
    );
    expect({ tensors: tf.memory().numTensors, data: tf.backend().numDataIds() }).toEqual(before);
    const after = await parameters.data<'float32'>();
    parameters.dispose();
    return after;
  };
  const [parameters, start] = [numbersOf('parameters', ALL), numbersOf('start', ALL)];

  it.each([0.01, 1.5, 6])('MARS brings every output into a ball of %f, and leaves what is inside', async (radius) => {
    const after = await compute(radius);
    const expected = marsReference(parameters, start, MATRICES, radius);
    expectAllClose(after, expected, CLOSE);
    // Not one bit of what had to stay.
    const kept = [...expected.keys()].filter((i) => expected[i] === parameters[i]);
    for (const i of kept) expect(after[i], `number ${i}`).toBe(parameters[i]);
    expect(await compute(radius)).toEqual(after);
  });

  it('MARS changes no bit in a ball without end, nor once a gradient was not finite', async () => {
    expect(await compute(3e38)).toEqual(parameters);
    expect(await compute(0.01, 1)).toEqual(parameters);
  });
}

function klCase(name: string, a: Input, b: Input): OpCase {
  const classes = a.shape.at(-1) ?? 1;
  return {
    name,
    inputs: [a, b],
    op: (a, b) => symmetricKl(a as tf.Tensor2D, b as tf.Tensor2D),
    reference: (a, b) => [symmetricKlReference(a, b, classes)],
  };
}

export const symmetricKlCases: OpCase[] = [
  ...[2, 5, 10].map((classes) =>
    klCase(`3 rows of ${classes} classes`, normalInput('a', [3, classes]), normalInput('b', [3, classes])),
  ),
  klCase('logits far from zero', normalInput('a', [4, 6], 2, -500), normalInput('b', [4, 6], 2, 300)),
];
