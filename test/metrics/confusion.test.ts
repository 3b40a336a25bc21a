import { describe, expect, it } from 'vitest';
import { accuracyOf, classify, softmaxRows } from '../../src/metrics/classification.ts';
import { confusionMatrix, surestMistakes } from '../../src/metrics/confusion.ts';
import { expectAllClose } from '../ops/support/closeness.ts';

const labels = [0, 0, 1, 1, 1, 2];
const predictions = Int32Array.of(0, 2, 1, 1, 0, -1);

describe('softmaxRows', () => {
  it('is that of NumPy, for large logits too', () => {
    // numpy: exp(x - max) / sum for [1, 2, 3] and [1000, 1000, -1000].
    const expected = [0.09003057317, 0.2447284711, 0.6652409558, 0.5, 0.5, 0];
    expectAllClose(softmaxRows([1, 2, 3, 1000, 1000, -1000], 3), expected, { absolute: 1e-7, relative: 1e-7 });
  });
});

describe('classify and accuracyOf', () => {
  it('take the first of the largest scores, and nothing from a NaN', () => {
    const scores = Float32Array.of(0.1, 0.9, 0.5, 0.5, Number.NaN, 1);
    expect([...classify(scores, 2).predictions]).toEqual([1, 0, -1]);
    expect(() => classify(scores, 4)).toThrow('rows of 4');
  });

  it('count a missing prediction as wrong', () => {
    expect(accuracyOf(predictions, labels)).toBe(0.5);
    expect(accuracyOf(new Int32Array(0), [])).toBeNaN();
    expect(() => accuracyOf(predictions, [1])).toThrow('labels');
  });
});

describe('confusionMatrix', () => {
  it('has true classes in rows and predicted ones in columns', () => {
    expect([...confusionMatrix(predictions, labels, 3)]).toEqual([1, 0, 1, 1, 2, 0, 0, 0, 0]);
  });

  it('refuses classes beyond its size', () => {
    expect(() => confusionMatrix(Int32Array.of(0), [3], 3)).toThrow('class 3');
    expect(() => confusionMatrix(Int32Array.of(3), [0], 3)).toThrow('of 3');
    expect(() => confusionMatrix(Int32Array.of(0), [-1], 3)).toThrow('class -1');
  });
});

describe('surestMistakes', () => {
  // Rows: right and sure, wrong and sure, wrong and unsure, right, wrong and sure as the second, nothing.
  const scores = Float32Array.of(0.99, 0.01, 0.9, 0.1, 0.45, 0.55, 0.3, 0.7, 0.1, 0.9, Number.NaN, 0);
  const truth = [0, 1, 0, 1, 0, 1];

  it('lists wrong predictions by their score', () => {
    const mistakes = surestMistakes(classify(scores, 2), truth, 10);
    expect(mistakes.map(({ row, label, predicted }) => [row, label, predicted])).toEqual([
      [1, 1, 0],
      [4, 0, 1],
      [2, 0, 1],
    ]);
    expectAllClose(
      mistakes.map(({ confidence }) => confidence),
      [0.9, 0.9, 0.55],
      { absolute: 1e-7, relative: 0 },
    );
  });

  it('stops at the number asked for', () => {
    expect(surestMistakes(classify(scores, 2), truth, 1).map(({ row }) => row)).toEqual([1]);
  });
});
