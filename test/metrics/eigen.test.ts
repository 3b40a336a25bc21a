import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { symmetricEigen } from '../../src/metrics/eigen.ts';

function randomSymmetric(n: number, random: Random): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = random.normal();
      matrix[i * n + j] = value;
      matrix[j * n + i] = value;
    }
  }
  return matrix;
}

/** Largest entry of |A - V' diag(values) V| and of |V V' - 1|. */
function errors(matrix: Float64Array, n: number): { rebuilt: number; orthogonal: number } {
  const { values, vectors } = symmetricEigen(matrix, n);
  let rebuilt = 0;
  let orthogonal = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      let dot = 0;
      for (let k = 0; k < n; k++) {
        sum += values[k] * vectors[k * n + i] * vectors[k * n + j];
        dot += vectors[i * n + k] * vectors[j * n + k];
      }
      rebuilt = Math.max(rebuilt, Math.abs(sum - matrix[i * n + j]));
      orthogonal = Math.max(orthogonal, Math.abs(dot - Number(i === j)));
    }
  }
  return { rebuilt, orthogonal };
}

describe('symmetricEigen', () => {
  it.each([1, 2, 3, 5, 16, 61])('takes a random %i x %i matrix apart', (n) => {
    const { rebuilt, orthogonal } = errors(randomSymmetric(n, new Random(n, 'eigen')), n);
    expect(rebuilt).toBeLessThan(1e-12 * n);
    expect(orthogonal).toBeLessThan(1e-13 * n);
  });

  it('knows a case by hand, largest first', () => {
    const { values, vectors } = symmetricEigen(Float64Array.of(2, 1, 0, 1, 2, 0, 0, 0, 5), 3);
    expect([...values].map((value) => value.toFixed(12))).toEqual(['5.000000000000', '3.000000000000', '1.000000000000']);
    expect(Math.abs(vectors[3] ?? 0)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(vectors[3]).toBeCloseTo(vectors[4] ?? 0, 12);
    expect(vectors[6]).toBeCloseTo(-(vectors[7] ?? 0), 12);
  });

  it('copes with equal eigenvalues, zeros, very uneven ones and matrices that are diagonal already', () => {
    const n = 12;
    const rankTwo = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) rankTwo[i * n + j] = 1 + (i % 2) * (j % 2);
    const uneven = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 10 ** -(i / (n + 1)) : 0));
    const identity = uneven.map((value) => Number(value > 0));
    for (const matrix of [rankTwo, uneven, identity, new Float64Array(n * n)]) {
      const { rebuilt, orthogonal } = errors(matrix, n);
      expect(rebuilt).toBeLessThan(1e-12);
      expect(orthogonal).toBeLessThan(1e-12);
    }
    expect(symmetricEigen(rankTwo, n).values.filter((value) => Math.abs(value) > 1e-9)).toHaveLength(2);
  });

  it('answers NaN for a matrix with a NaN instead of searching forever', () => {
    expect([...symmetricEigen(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2).values]).toEqual([Number.NaN, Number.NaN]);
    expect([...symmetricEigen(Float64Array.of(Number.POSITIVE_INFINITY), 1).values]).toEqual([Number.NaN]);
  });

  it('leaves the matrix as it was and refuses another shape', () => {
    const matrix = randomSymmetric(4, new Random(1, 'eigen'));
    const before = matrix.slice();
    symmetricEigen(matrix, 4);
    expect(matrix).toEqual(before);
    expect(() => symmetricEigen(matrix, 3)).toThrow('3 x 3');
  });
});
