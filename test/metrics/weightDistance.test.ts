import { describe, expect, it } from 'vitest';
import { weightDistance } from '../../src/metrics/weightDistance.ts';

describe('weightDistance', () => {
  it('is the length of the difference, and that over the length of the start', () => {
    expect(weightDistance(Float32Array.of(3, 4, 3), Float32Array.of(3, 0, 0))).toEqual({ distance: 5, relative: 5 / 3 });
    expect(weightDistance(Float32Array.of(3, 0, 0), Float32Array.of(3, 4, 3)).relative).toBeCloseTo(5 / Math.sqrt(34), 12);
  });

  it('is 0 for the same weights, and has no relative value from zeros', () => {
    const weights = Float32Array.of(1, -2, 3);
    expect(weightDistance(weights, weights)).toEqual({ distance: 0, relative: 0 });
    expect(weightDistance(weights, new Float32Array(3))).toEqual({ distance: Math.sqrt(14), relative: Number.NaN });
  });

  it('adds up in double: a million small steps are not lost beside a large one', () => {
    const start = new Float32Array(1_000_001);
    const weights = start.map((_, i) => (i === 0 ? 1000 : 1e-3));
    expect(weightDistance(weights, start).distance).toBeCloseTo(Math.sqrt(1e6 + 1), 6);
  });

  it('refuses another model', () => {
    expect(() => weightDistance(new Float32Array(3), new Float32Array(4))).toThrow('3 weights');
  });
});
