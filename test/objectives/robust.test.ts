import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Sense } from '../../src/config/modalities/names.ts';
import type { Senses } from '../../src/model/senses.ts';
import { robustLoss } from '../../src/objectives/robust.ts';

beforeAll(() => tf.setBackend('cpu'));

/** Embeddings that are their tokens: with the head at 1 logits are whatever a test says. */
function fakeSenses(calls: Sense[][] = []): Pick<Senses<Sense>, 'specs' | 'embed'> {
  return {
    specs: (['picture', 'sound', 'text'] as const).map((name) => ({ name, spec: {} as never })),
    embed(weights, tensors, subset) {
      calls.push([...subset]);
      return subset.map((name) => tf.add(tensors[`${name}.patches`], weights[`${name}.shift`]) as tf.Tensor2D);
    },
  };
}

const ONES = { 'head.weight': tf.eye(2), 'head.bias': tf.zeros([2]) };
const weights = () => ({
  ...ONES,
  'picture.shift': tf.zeros([2]),
  'sound.shift': tf.zeros([2]),
  'text.shift': tf.zeros([2]),
});
const tensors = () => ({
  'picture.patches': tf.tensor2d([2, 0, 0, 1], [2, 2]),
  labels: tf.tensor1d([0, 1], 'int32'),
  'beside.picture.patches': tf.tensor2d([3, 0, 0, 0], [2, 2]),
  'beside.sound.patches': tf.tensor2d([1, 0, 0, 2], [2, 2]),
  'beside.text.patches': tf.tensor2d([0, 1, 4, 0], [2, 2]),
});
const softmax = (a: number, b: number) => [Math.exp(a) / (Math.exp(a) + Math.exp(b)), Math.exp(b) / (Math.exp(a) + Math.exp(b))];
const close = (tensor: tf.Tensor, value: number) => expect(tensor.dataSync()[0]).toBeCloseTo(value, 5);

const OWN = (-Math.log(softmax(2, 0)[0]) - Math.log(softmax(0, 1)[1])) / 2;

describe('robustLoss', () => {
  it('is the cross-entropy with the labels where nothing is taught', () => {
    const { loss, metrics } = robustLoss(
      fakeSenses(),
      weights(),
      { tensors: tensors(), sizes: { shown: 1 } },
      { trained: ['picture'], weight: 1 },
    );
    close(loss, OWN);
    close(metrics.accuracy as tf.Scalar, 1);
  });

  it('adds minus sum q log s of what the trained senses and the student say of other samples', () => {
    const calls: Sense[][] = [];
    const task = { tensors: tensors(), sizes: { shown: 1, student: 6 } };
    const { loss } = robustLoss(fakeSenses(calls), weights(), task, { trained: ['picture'], weight: 0.5 });
    const teacher = [softmax(3, 0), softmax(0, 0)];
    const student = [softmax(0.5, 0.5), softmax(2, 1)];
    const distilled = teacher.reduce((sum, q, i) => sum - q[0] * Math.log(student[i][0]) - q[1] * Math.log(student[i][1]), 0) / 2;
    close(loss, OWN + 0.5 * distilled);
    expect(calls).toContainEqual(['picture']);
    expect(calls).toContainEqual(['sound', 'text']);
    expect(calls).not.toContainEqual(['picture', 'sound', 'text']);
  });

  it('gives the teacher no gradient: only labels move the trained sense', () => {
    const task = (student: boolean) => ({ tensors: tensors(), sizes: student ? { shown: 1, student: 2 } : { shown: 1 } });
    const gradients = (student: boolean) => {
      const loss = (picture: tf.Tensor, sound: tf.Tensor) => {
        const all = { ...weights(), 'picture.shift': picture, 'sound.shift': sound };
        return robustLoss(fakeSenses(), all, task(student), { trained: ['picture'], weight: 1 }).loss;
      };
      return tf
        .grads(loss)([tf.zeros([2]), tf.zeros([2])])
        .map((gradient) => Array.from(gradient.dataSync()));
    };
    const [taught, studied] = gradients(true);
    expect(studied.map(Math.abs).every((value) => value > 0.01)).toBe(true);
    // To the bit what labels alone say: nothing came through what the teacher answered.
    expect(taught).toEqual(
      Array.from(
        tf
          .grad((picture: tf.Tensor) => {
            const all = { ...weights(), 'picture.shift': picture };
            return robustLoss(fakeSenses(), all, task(false), { trained: ['picture'], weight: 1 }).loss;
          })(tf.zeros([2]))
          .dataSync(),
      ),
    );
  });
});
