import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { attentionDistance, uniformAttentionDistance } from '../../src/metrics/attentionDistance.ts';

const GRID = [3, 3];
const N = 9;

/** (N, N) attention of one map from a rule. */
function map(tokens: number, weight: (query: number, key: number) => number): number[] {
  return Array.from({ length: tokens * tokens }, (_, i) => weight(Math.floor(i / tokens), i % tokens));
}

describe('uniformAttentionDistance', () => {
  it.each([
    [4, 2.01],
    [8, 4.14],
    [14, 7.28],
    [16, 8.33],
  ])('is the published number for a grid of %i', (side, expected) => {
    expect(uniformAttentionDistance([side, side])).toBeCloseTo(expected, 2);
  });

  it('is a third of the length on a long line, and less on a square of as many tokens', () => {
    // (n^2 - 1) / 3n: the mean of |i - j|.
    expect(uniformAttentionDistance([16])).toBeCloseTo(255 / 48, 12);
    expect(uniformAttentionDistance([16])).toBeGreaterThan(uniformAttentionDistance([2, 8]));
    expect(uniformAttentionDistance([2, 8])).toBeGreaterThan(uniformAttentionDistance([4, 4]));
    expect(uniformAttentionDistance([2, 8])).toBeCloseTo(uniformAttentionDistance([8, 2]), 12);
  });
});

describe('attentionDistance', () => {
  const layout = { count: 1, heads: 1, grid: GRID, classToken: false };

  it('is 0 for attention to oneself and the uniform number for even attention', () => {
    const self = Float32Array.from(map(N, (query, key) => (query === key ? 1 : 0)));
    expect([...attentionDistance(self, layout)]).toEqual([0]);
    const even = new Float32Array(N * N).fill(1 / N);
    expect(attentionDistance(even, layout)[0]).toBeCloseTo(uniformAttentionDistance(GRID), 6);
  });

  it('reads queries from rows: everyone looking at the corner is farther than the corner looking at everyone', () => {
    const toCorner = Float32Array.from(map(N, (_, key) => (key === 0 ? 1 : 0)));
    const fromCorner = toCorner.map((_, i) => toCorner[(i % N) * N + Math.floor(i / N)] ?? 0);
    const mean = (2 * 1 + 2 * 2 + Math.SQRT2 + 2 * Math.sqrt(5) + Math.sqrt(8)) / 9;
    expect(attentionDistance(toCorner, layout)[0]).toBeCloseTo(mean, 6);
    // Transposed, only the first row has any mass: its mean distance is the same, of one query instead of nine.
    expect(attentionDistance(fromCorner, layout)[0]).toBeCloseTo(mean, 6);
  });

  it('drops the class token in row and column and scales the rest up', () => {
    const random = new Random(1, 'attention');
    const plain = map(N, () => random.uniform());
    const sums = Array.from({ length: N }, (_, row) => plain.slice(row * N, row * N + N).reduce((a, b) => a + b));
    const normalised = plain.map((value, i) => value / (sums[Math.floor(i / N)] ?? 1));
    // Each query gives 20 % to 90 % of its attention to the class token, and the class token attends to patch 8 only.
    const withClass = map(N + 1, (query, key) => {
      if (query === 0) return key === N ? 1 : 0;
      const share = 0.1 + 0.08 * query;
      return key === 0 ? share : (1 - share) * (normalised[(query - 1) * N + key - 1] ?? 0);
    });
    const expected = attentionDistance(Float32Array.from(normalised), layout)[0];
    expect(attentionDistance(Float32Array.from(withClass), { ...layout, classToken: true })[0]).toBeCloseTo(expected ?? 0, 5);
  });

  it('keeps heads apart and averages pictures', () => {
    const self = map(N, (query, key) => (query === key ? 1 : 0));
    const even = map(N, () => 1 / N);
    // Three pictures of two heads: the first head is local in pictures 0 and 2, the second in none.
    const maps = Float32Array.from([...self, ...even, ...even, ...even, ...self, ...even]);
    const distances = attentionDistance(maps, { ...layout, count: 3, heads: 2 });
    expect(distances[0]).toBeCloseTo(uniformAttentionDistance(GRID) / 3, 6);
    expect(distances[1]).toBeCloseTo(uniformAttentionDistance(GRID), 6);
  });

  it('leaves out a query that reads only the class token, and shows a NaN', () => {
    const even = map(N + 1, (query, key) => (query === 1 ? Number(key === 0) : 1 / (N + 1)));
    const withClass = { ...layout, classToken: true };
    const corner = (2 * 1 + 2 * 2 + Math.SQRT2 + 2 * Math.sqrt(5) + Math.sqrt(8)) / 9;
    const others = (N * uniformAttentionDistance(GRID) - corner) / (N - 1);
    expect(attentionDistance(Float32Array.from(even), withClass)[0]).toBeCloseTo(others, 6);
    expect(attentionDistance(Float32Array.from(map(N + 1, (_, key) => Number(key === 0))), withClass)[0]).toBeNaN();
    even[25] = Number.NaN;
    expect(attentionDistance(Float32Array.from(even), withClass)[0]).toBeNaN();
  });

  it.each([
    // To the third of six tokens: along a line, at the end of the upper of two rows, and at the left of the middle of three.
    [[6], (2 + 1 + 0 + 1 + 2 + 3) / 6],
    [[2, 3], (2 + 1 + 0 + Math.sqrt(5) + Math.SQRT2 + 1) / 6],
    [[3, 2], (1 + Math.SQRT2 + 0 + 1 + 1 + Math.SQRT2) / 6],
  ])('measures on the grid %j', (grid, expected) => {
    const toThird = Float32Array.from(map(6, (_, key) => Number(key === 2)));
    expect(attentionDistance(toThird, { ...layout, grid })[0]).toBeCloseTo(expected, 6);
    const even = new Float32Array(36).fill(1 / 6);
    expect(attentionDistance(even, { ...layout, grid })[0]).toBeCloseTo(uniformAttentionDistance(grid), 6);
  });

  it('refuses maps of another shape', () => {
    expect(() => attentionDistance(new Float32Array(N * N), { ...layout, classToken: true })).toThrow('maps');
  });
});
