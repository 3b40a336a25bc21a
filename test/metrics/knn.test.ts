import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { accuracyOf } from '../../src/metrics/classification.ts';
import { knnClassify } from '../../src/metrics/knn.ts';
import { expectAllClose } from '../ops/support/closeness.ts';
import reference from '../reference/metrics.json';

const { knn } = reference;
const bank = { features: Float32Array.from(knn.train), labels: knn.trainLabels, d: 5, classes: 3 };
const queries = Float32Array.from(knn.test);

/** The bank of one-hot directions: row i is class i. */
const axes = { features: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), labels: [0, 1, 2], d: 3, classes: 3 };

describe('knnClassify', () => {
  it.each([
    [5, knn.scores5],
    [20, knn.scores20],
  ])('gives the votes that NumPy counts, k = %i', (k, scores) => {
    expectAllClose(knnClassify(bank, queries, { k }).scores, scores, { absolute: 2e-5, relative: 2e-5 });
  });

  it('takes k = 20 and temperature 0.07 when not told otherwise, and the whole of a smaller bank', () => {
    expect(knnClassify(bank, queries)).toEqual(knnClassify(bank, queries, { k: 20, temperature: 0.07 }));
    expect(knnClassify(bank, queries, { k: 500 })).toEqual(knnClassify(bank, queries, { k: 30 }));
  });

  it('looks at directions, not lengths', () => {
    const longer = queries.map((value, i) => value * (1 + Math.floor(i / 5)));
    expectAllClose(knnClassify(bank, longer).scores, knnClassify(bank, queries).scores, { absolute: 1e-5, relative: 1e-5 });
    expect([...knnClassify(axes, Float32Array.of(0.1, 0.01, 0, -1, -2, 9), { k: 1 }).predictions]).toEqual([0, 2]);
  });

  it('weighs a close neighbour above two distant ones', () => {
    const features = Float32Array.of(1, 0, 0.6, 0.8, 0.6, -0.8);
    const { scores, predictions } = knnClassify({ features, labels: [0, 1, 1], d: 2, classes: 2 }, Float32Array.of(1, 0), {
      k: 3,
    });
    const far = 2 * Math.exp(-0.4 / 0.07);
    expect(scores[1]).toBeCloseTo(far / (1 + far), 6);
    expect(predictions[0]).toBe(0);
  });

  it('finds well separated classes and is at chance for noise', () => {
    const random = new Random(2, 'knn');
    const labels = Array.from({ length: 600 }, (_, i) => i % 4);
    const blobs = Float32Array.from(
      { length: 600 * 8 },
      (_, i) => random.normal() + (i % 8 === labels[Math.floor(i / 8)] ? 6 : 0),
    );
    const noise = blobs.map(() => random.normal());
    const accuracy = (features: Float32Array): number =>
      accuracyOf(
        knnClassify(
          { features: features.subarray(0, 3200), labels: labels.slice(0, 400), d: 8, classes: 4 },
          features.subarray(3200),
        ).predictions,
        labels.slice(400),
      );
    expect(accuracy(blobs)).toBeGreaterThan(0.98);
    expect(Math.abs(accuracy(noise) - 0.25)).toBeLessThan(0.13);
  });

  it('lets the first of equally close neighbours vote, and has no prediction for a NaN', () => {
    const twice = { features: Float32Array.of(1, 0, 1, 0, 0, 1), labels: [1, 0, 2], d: 2, classes: 3 };
    expect([...knnClassify(twice, Float32Array.of(1, 0), { k: 1 }).predictions]).toEqual([1]);
    // A closer row that comes later pushes out the second of the two.
    const three = { features: Float32Array.of(1, 0, 1, 0, 1, 1), labels: [1, 0, 2], d: 2, classes: 3 };
    const { scores } = knnClassify(three, Float32Array.of(2, 1.9), { k: 2 });
    expect(scores[0]).toBe(0);
    expect(scores[1]).toBeGreaterThan(0);
    expect([...knnClassify(axes, Float32Array.of(1, Number.NaN, 0)).predictions]).toEqual([-1]);
    expect(knnClassify(axes, Float32Array.of(0, 0, 0)).scores[1]).toBeCloseTo(1 / 3, 6);
  });

  it('refuses labels and rows that do not fit', () => {
    expect(() => knnClassify({ ...axes, labels: [0, 1] }, queries)).toThrow('2 labels for 3');
    expect(() => knnClassify(axes, new Float32Array(4))).toThrow('rows of 3');
  });
});
