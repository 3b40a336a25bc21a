import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { accuracyOf } from '../../src/metrics/classification.ts';
import type { LabelledFeatures } from '../../src/metrics/knn.ts';
import { applyLinearProbe, fitLinearProbe, probeLoss } from '../../src/metrics/linearProbe.ts';
import { expectAllClose } from '../ops/support/closeness.ts';
import reference from '../reference/metrics.json';

const { probe } = reference;
const train = { features: Float32Array.from(probe.train), labels: probe.trainLabels, d: 5, classes: 3 };

/** Classes at random centres `distance` apart, in noise of deviation 1. */
function blobs(rows: number, d: number, classes: number, distance: number, seed: number): LabelledFeatures {
  const random = new Random(seed, 'probe');
  const centres = Float32Array.from({ length: classes * d }, () => (distance * random.normal()) / Math.sqrt(2 * d));
  const labels = Array.from({ length: rows }, () => random.below(classes));
  const features = Float32Array.from(
    { length: rows * d },
    (_, i) => (centres[(labels[Math.floor(i / d)] ?? 0) * d + (i % d)] ?? 0) + random.normal(),
  );
  return { features, labels, d, classes };
}

function split({ features, labels, d, classes }: LabelledFeatures, rows: number): [LabelledFeatures, LabelledFeatures] {
  const all = Array.from(labels);
  return [
    { features: features.slice(0, rows * d), labels: all.slice(0, rows), d, classes },
    { features: features.slice(rows * d), labels: all.slice(rows), d, classes },
  ];
}

function testAccuracy(data: LabelledFeatures, rows: number, weightDecay?: number): number {
  const [fitted, held] = split(data, rows);
  const found = fitLinearProbe(fitted, weightDecay === undefined ? {} : { weightDecay });
  return accuracyOf(applyLinearProbe(found, held.features).predictions, held.labels);
}

describe('probeLoss', () => {
  it('has the gradient of its finite differences', () => {
    const random = new Random(5, 'gradient');
    const loss = probeLoss(blobs(20, 4, 3, 2, 1), 0.1);
    const at = Float64Array.from({ length: 15 }, () => random.normal());
    const gradient = new Float64Array(15);
    const ignored = new Float64Array(15);
    loss(at, gradient);
    const step = 1e-5;
    const differences = at.map((_, i) => {
      const moved = (by: number): number =>
        loss(
          at.map((value, j) => (i === j ? value + by : value)),
          ignored,
        );
      return (moved(step) - moved(-step)) / (2 * step);
    });
    expectAllClose(gradient, differences, { absolute: 1e-8, relative: 1e-6 });
  });

  it('is ln classes at zero, and finite for huge weights', () => {
    const gradient = new Float64Array(15);
    const loss = probeLoss(blobs(20, 4, 3, 2, 1), 0);
    expect(loss(new Float64Array(15), gradient)).toBeCloseTo(Math.log(3), 12);
    expect(
      Number.isFinite(
        loss(
          new Float64Array(15).map((_, i) => 1e4 * (i - 7)),
          gradient,
        ),
      ),
    ).toBe(true);
    expect(gradient.every(Number.isFinite)).toBe(true);
  });
});

describe('fitLinearProbe and applyLinearProbe', () => {
  it('reach the optimum that SciPy finds, on channels of very different size', () => {
    const found = fitLinearProbe(train, { weightDecay: probe.weightDecay });
    expect(found.loss).toBeCloseTo(probe.loss, 6);
    const { scores } = applyLinearProbe(found, Float32Array.from(probe.test));
    expectAllClose(scores, probe.scores, { absolute: 2e-4, relative: 2e-4 });
  });

  it('reach it in few steps on channels that say nearly the same', () => {
    const { features, ...rest } = blobs(600, 12, 4, 2, 8);
    // Every channel is mostly the first one of its row.
    const alike = features.map((value, i) => 0.02 * value + (features[i - (i % 12)] ?? 0));
    const data = { ...rest, features: alike };
    const [short, long] = [20, 2000].map((iterations) => fitLinearProbe(data, { iterations, weightDecay: 0 }).loss);
    expect(long).toBeLessThan(1.2);
    expect(short).toBeLessThan((long ?? 0) + 1e-4);
  });

  it('tell separable classes apart and stay at chance on noise', () => {
    expect(testAccuracy(blobs(900, 16, 5, 12, 2), 600)).toBeGreaterThan(0.99);
    expect(Math.abs(testAccuracy(blobs(1600, 16, 5, 0, 3), 600) - 0.2)).toBeLessThan(0.06);
  });

  it('stop at finite weights on separable rows without decay', () => {
    const { parameters, loss } = fitLinearProbe(blobs(60, 16, 3, 20, 4), { weightDecay: 0 });
    expect(parameters.every(Number.isFinite)).toBe(true);
    expect(loss).toBeLessThan(1e-3);
  });

  it('decay the weights and not the biases', () => {
    const { features, d, classes } = blobs(400, 4, 2, 0, 6);
    const labels = Array.from({ length: 400 }, (_, i) => Number(i % 4 === 0));
    const { parameters } = fitLinearProbe({ features, labels, d, classes }, { weightDecay: 1e4 });
    expect(Math.max(...parameters.subarray(0, 8).map(Math.abs))).toBeLessThan(1e-4);
    expect((parameters[9] ?? 0) - (parameters[8] ?? 0)).toBeCloseTo(-Math.log(3), 4);
  });

  it("standardise with the training features' moments, not the test's", () => {
    const found = fitLinearProbe(train);
    const two = applyLinearProbe(found, train.features.slice(0, 10)).scores;
    expect([...two]).toEqual([...applyLinearProbe(found, train.features).scores.subarray(0, 6)]);
  });

  it('ignore a channel that never changes', () => {
    const constant = { ...train, features: train.features.map((value, i) => (i % 5 === 2 ? 7 : value)) };
    const found = fitLinearProbe(constant);
    expectAllClose([found.parameters[2], found.parameters[7], found.parameters[12]].map(Number), [0, 0, 0], {
      absolute: 1e-9,
      relative: 0,
    });
  });

  it('give the same numbers twice', () => {
    expect(fitLinearProbe(train)).toEqual(fitLinearProbe(train));
  });

  it('predict nothing from a NaN', () => {
    const spoiled = train.features.slice();
    spoiled[3] = Number.NaN;
    const found = fitLinearProbe({ ...train, features: spoiled });
    expect(new Set(applyLinearProbe(found, train.features).predictions)).toEqual(new Set([-1]));
  });

  it('take 4,000 rows of 128 channels and 10 classes in under 10 s', () => {
    const data = blobs(4000, 128, 10, 2, 7);
    const start = performance.now();
    fitLinearProbe(data);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('refuse labels that do not fit', () => {
    expect(() => fitLinearProbe({ ...train, labels: [0] })).toThrow('1 labels for 60');
    expect(() => fitLinearProbe({ ...train, classes: 2 })).toThrow('class 2 of 2');
    expect(() => applyLinearProbe(fitLinearProbe(train), new Float32Array(4))).toThrow('rows of 5');
  });
});
