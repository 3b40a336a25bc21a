import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { adamWReference } from '../../../src/ops/adamw.reference.ts';
import { type AdamWSettings, type AdamWState, adamW, adamWNumbers } from '../../../src/ops/adamw.ts';
import { expectAllClose } from '../support/closeness.ts';
import { normalInput } from '../support/inputs.ts';

const SETTINGS = { learningRate: 0.01, weightDecay: 0.05, clip: 1 };
const CLOSE = { absolute: 1e-6, relative: 1e-5 };

/** All checks of AdamW, on the backend that is current when they run. */
export function itUpdatesLikeAdamW(): void {
  it.each([1, 3, 17, 65, 1000])('follows the reference for 8 steps of %i parameters, clipped and not', async (length) => {
    const state = newState(length);
    const expected = {
      parameters: Float64Array.from(parametersOf(length)),
      firstMoment: new Float64Array(length),
      secondMoment: new Float64Array(length),
      decay: decayOf(length),
      rate: new Float32Array(length).fill(1),
    };
    for (let step = 1; step <= 8; step++) {
      const gradient = normalInput(`gradient ${step}`, [length], step % 2 === 0 ? 1e-3 : 5).values;
      const settings = { ...SETTINGS, step };
      const norm = adamWReference(expected, gradient, settings);
      expectAllClose([await update(state, gradient, settings)], [norm], CLOSE);
    }
    expectAllClose(await state.parameters.data(), expected.parameters, CLOSE);
    expectAllClose(await state.firstMoment.data(), expected.firstMoment, CLOSE);
    expectAllClose(await state.secondMoment.data(), expected.secondMoment, CLOSE);
  });

  it.each([7, 64])('follows the reference with rates of %i parameters, and a longer memory', async (length) => {
    const rate = rateOf(length);
    const state = newState(length, rate);
    const expected = {
      parameters: Float64Array.from(parametersOf(length)),
      firstMoment: new Float64Array(length),
      secondMoment: new Float64Array(length),
      decay: decayOf(length),
      rate,
    };
    for (let step = 1; step <= 8; step++) {
      const gradient = normalInput(`gradient ${step}`, [length], step % 2 === 0 ? 1e-3 : 5).values;
      const settings = { ...SETTINGS, beta1: 0.8, beta2: 0.999, step };
      const norm = adamWReference(expected, gradient, settings);
      expectAllClose([await update(state, gradient, settings)], [norm], CLOSE);
    }
    expectAllClose(await state.parameters.data(), expected.parameters, CLOSE);
    expectAllClose(await state.firstMoment.data(), expected.firstMoment, CLOSE);
    expectAllClose(await state.secondMoment.data(), expected.secondMoment, CLOSE);
  });

  it('leaves frozen parameters as they are, bit for bit, whatever their gradient', async () => {
    const length = 13;
    const rate = rateOf(length);
    const frozen = [...rate.keys()].filter((i) => rate[i] === 0);
    const state = newState(length, rate);
    const before = parametersOf(length);
    for (let step = 1; step <= 3; step++) {
      const gradient = normalInput(`gradient ${step}`, [length]).values;
      gradient[frozen[0]] = Number.NaN;
      gradient[frozen[1]] = 1e30;
      const norm = await update(state, gradient, { ...SETTINGS, step });
      expect(norm).toBeLessThan(10);
    }
    const after = await state.parameters.data();
    for (let i = 0; i < length; i++) {
      if (rate[i] === 0) expect(after[i], `parameter ${i}`).toBe(before[i]);
      else expect(after[i], `parameter ${i}`).not.toBe(before[i]);
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('changes nothing when the gradient holds %f', async (bad) => {
    const state = newState(9);
    await update(state, normalInput('gradient', [9]).values, { ...SETTINGS, step: 1 });
    const before = await snapshot(state);
    const gradient = normalInput('gradient', [9]).values;
    gradient[7] = bad;
    const norm = await update(state, gradient, { ...SETTINGS, step: 2 });
    expect(Number.isFinite(norm)).toBe(false);
    expect(await snapshot(state)).toEqual(before);
    // A step that was already under way must not build on it; the next one that somebody asks for may.
    await update(state, normalInput('gradient', [9]).values, { ...SETTINGS, step: 3 });
    expect(await snapshot(state)).toEqual(before);
    tf.tidy(() => state.halted.assign(tf.scalar(0)));
    await update(state, normalInput('gradient', [9]).values, { ...SETTINGS, step: 3 });
    expect(await snapshot(state)).not.toEqual(before);
  });

  it('survives a gradient of zeros, and outliers of 1e4', async () => {
    const state = newState(6);
    expect(await update(state, new Float32Array(6), { ...SETTINGS, step: 1 })).toBe(0);
    const norm = await update(state, Float32Array.of(1e4, -1e4, 0, 1e-20, 3, 1), { ...SETTINGS, step: 2 });
    expect(norm).toBeCloseTo(Math.SQRT2 * 1e4, 1);
    expect((await state.parameters.data()).every(Number.isFinite)).toBe(true);
  });

  it('is the same twice, bit for bit, and leaves nothing in memory', async () => {
    const run = async () => {
      const state = newState(33);
      const tensors = tf.memory().numTensors;
      const data = tf.backend().numDataIds();
      for (let step = 1; step <= 3; step++) await update(state, normalInput('g', [33]).values, { ...SETTINGS, step });
      expect(tf.memory().numTensors).toBe(tensors);
      expect(tf.backend().numDataIds()).toBe(data);
      return snapshot(state);
    };
    expect(await run()).toEqual(await run());
  });
}

function parametersOf(length: number): Float32Array {
  return normalInput('parameters', [length]).values;
}

function decayOf(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => (i % 3 === 0 ? 0 : 1));
}

/** Frozen ones, full rates and what lies between. */
function rateOf(length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => (i % 4) / 3);
}

function newState(length: number, rate: Float32Array = new Float32Array(length).fill(1)): AdamWState {
  return tf.tidy(() => ({
    parameters: tf.variable(tf.tensor1d(parametersOf(length))),
    firstMoment: tf.variable(tf.zeros([length])),
    secondMoment: tf.variable(tf.zeros([length])),
    decay: tf.keep(tf.tensor1d(decayOf(length))),
    rate: tf.keep(tf.tensor1d(rate)),
    halted: tf.variable(tf.scalar(0)),
  }));
}

async function update(state: AdamWState, gradient: Float32Array, settings: AdamWSettings): Promise<number> {
  const norm = tf.tidy(() => adamW(state, tf.tensor1d(gradient), tf.tensor1d(adamWNumbers(settings))));
  const [value] = await norm.data();
  norm.dispose();
  return value;
}

async function snapshot({ parameters, firstMoment, secondMoment }: AdamWState): Promise<Float32Array[]> {
  return Promise.all([parameters, firstMoment, secondMoment].map((tensor) => tensor.data<'float32'>()));
}
