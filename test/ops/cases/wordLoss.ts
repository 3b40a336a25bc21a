import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { wordLossReference } from '../../../src/ops/wordLoss.reference.ts';
import { wordLoss } from '../../../src/ops/wordLoss.ts';
import { normalInput, planted } from '../support/inputs.ts';
import type { Input, OpCase } from '../support/opCase.ts';

function wordLossCase(name: string, logits: Input): OpCase {
  const [rows, words] = logits.shape;
  const random = new Random(3, name);
  const labels = Int32Array.from({ length: rows }, () => random.below(words));
  return {
    name,
    inputs: [logits],
    op: (x) => wordLoss(x as tf.Tensor2D, tf.tensor1d(labels, 'int32')).loss,
    reference: (x) => [wordLossReference(x, labels).loss],
    derivative: (upstream, x) => [derivative(upstream[0], x, labels)],
  };
}

/** (softmax - one-hot) / rows. */
function derivative(upstream: number, logits: Float64Array, labels: Int32Array): Float64Array {
  const words = logits.length / labels.length;
  const gradient = new Float64Array(logits.length);
  labels.forEach((label, row) => {
    const scores = logits.subarray(row * words, (row + 1) * words);
    const exponentials = scores.map((score) => Math.exp(score - Math.max(...scores)));
    const total = exponentials.reduce((sum, value) => sum + value, 0);
    for (let j = 0; j < words; j++) {
      gradient[row * words + j] = (upstream * (exponentials[j] / total - (j === label ? 1 : 0))) / labels.length;
    }
  });
  return gradient;
}

/** Fewer words than threads, as many, more than a round of them; numbers of words that fours do not divide. */
export const wordLossCases: OpCase[] = [
  ...[2, 7, 64, 260, 333].map((words) => wordLossCase(`5 rows of ${words} words`, normalInput('logits', [5, words]))),
  ...[1, 17].map((rows) => wordLossCase(`${rows} rows of 72 words`, normalInput('logits', [rows, 72], 3))),
  wordLossCase('3 rows of 4,096 words', normalInput('logits', [3, 4096])),
  wordLossCase('logits of 1e4', planted(normalInput('logits', [5, 96]), { 0: 1e4, 100: -1e4, 200: 1e4, 263: 1e4, 300: 1e4 })),
  wordLossCase('logits far from zero', normalInput('logits', [4, 90], 2, -500)),
];

/** On the backend that is current when the tests run. */
export function itCountsRightWords(): void {
  it('tells the share of rows whose word none outdoes', async () => {
    for (const words of [6, 9, 300]) {
      const { values } = normalInput('scores', [40, words]);
      const random = new Random(4, words);
      // About half of them right, wherever the best word stands.
      const labels = Int32Array.from({ length: 40 }, (_, row) => {
        const scores = values.subarray(row * words, (row + 1) * words);
        return random.uniform() < 0.5 ? scores.indexOf(Math.max(...scores)) : random.below(words);
      });
      const { accuracy } = wordLoss(tf.tensor2d(values, [40, words]), tf.tensor1d(labels, 'int32'));
      const expected = wordLossReference(values, labels).accuracy;
      expect(expected).toBeGreaterThan(0.3);
      expect(expected).toBeLessThan(0.8);
      expect((await accuracy.data())[0]).toBeCloseTo(expected, 6);
    }
  });

  it('is ln V for V equal logits, and not finite when a logit is not a number', async () => {
    const labels = tf.tensor1d([3], 'int32');
    const [even] = await wordLoss(tf.fill([1, 500], 2), labels).loss.data();
    expect(even).toBeCloseTo(Math.log(500), 5);
    const broken = new Float32Array(500);
    broken[170] = Number.NaN;
    const [loss] = await wordLoss(tf.tensor2d(broken, [1, 500]), labels).loss.data();
    expect(loss).not.toSatisfy(Number.isFinite);
  });
}
