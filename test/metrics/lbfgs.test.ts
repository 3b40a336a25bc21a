import { describe, expect, it } from 'vitest';
import { minimise } from '../../src/metrics/lbfgs.ts';

/** sum of weights[i] (x[i] - i)^2 / 2 */
function bowl(weights: number[]) {
  return (point: Float64Array, gradient: Float64Array): number => {
    let value = 0;
    for (const [i, weight] of weights.entries()) {
      gradient[i] = weight * (point[i] - i);
      value += (weight * (point[i] - i) ** 2) / 2;
    }
    return value;
  };
}

describe('minimise', () => {
  it('finds the bottom of a long valley', () => {
    const weights = Array.from({ length: 13 }, (_, i) => 10 ** (i / 3));
    const { point, value, iterations } = minimise(bowl(weights), new Float64Array(13), { iterations: 500, tolerance: 1e-9 });
    for (const [i, x] of point.entries()) expect(x).toBeCloseTo(i, 7);
    expect(value).toBeLessThan(1e-15);
    // SciPy takes 324 (L-BFGS-B, ten pairs); gradient descent some 100,000.
    expect(iterations).toBeLessThan(400);
  });

  it('needs few steps with a good guess at the curvature', () => {
    const weights = Array.from({ length: 13 }, (_, i) => 10 ** (i / 3));
    const precondition = (vector: Float64Array): void => {
      for (const [i, weight] of weights.entries()) vector[i] = (vector[i] ?? 0) / (weight * (1 + (i % 3)));
    };
    const { value, iterations } = minimise(bowl(weights), new Float64Array(13), {
      iterations: 500,
      tolerance: 1e-9,
      precondition,
    });
    expect(value).toBeLessThan(1e-15);
    expect(iterations).toBeLessThan(20);
  });

  it('never goes up, and stops after the steps it is given', () => {
    const bottoms = [1, 2, 4, 8].map((iterations) => {
      const found = minimise(bowl([1, 30, 900]), Float64Array.of(9, 9, 9), { iterations, tolerance: 0 });
      expect(found.iterations).toBe(iterations);
      return found.value;
    });
    expect(bottoms.toSorted((a, b) => b - a)).toEqual(bottoms);
  });

  it('stays at a minimum, and where the function is NaN', () => {
    const start = Float64Array.of(0, 1, 2);
    expect(minimise(bowl([1, 1, 1]), start, { iterations: 10, tolerance: 1e-9 })).toEqual({
      point: start,
      value: 0,
      iterations: 0,
    });
    const broken = minimise(
      (_, gradient) => {
        gradient.fill(1);
        return Number.NaN;
      },
      start,
      { iterations: 10, tolerance: 1e-9 },
    );
    expect(broken.point).toEqual(start);
    expect(broken.iterations).toBe(0);
  });

  it('does not touch the start', () => {
    const start = Float64Array.of(5, 5);
    minimise(bowl([1, 2]), start, { iterations: 10, tolerance: 0 });
    expect([...start]).toEqual([5, 5]);
  });
});
