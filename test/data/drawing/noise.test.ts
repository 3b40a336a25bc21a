import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { cellNoise, noiseField, peaks, rolling, stripes, tabulated, wave } from '../../../src/data/drawing/noise.ts';

function grid(field: (x: number, y: number) => number, step: number): number[] {
  return Array.from({ length: 10_000 }, (_, i) => field((i % 100) * step, Math.floor(i / 100) * step));
}

describe('noise', () => {
  test.each([1, 2, 3, 4] as const)('of %i octaves is mostly within -1..1, centred and not flat', (octaves) => {
    const values = grid(noiseField(new Random(1), 6, octaves), 0.05);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.max(...values.map(Math.abs))).toBeLessThan(1.7);
    expect(values.filter((value) => Math.abs(value) < 1).length).toBeGreaterThan(0.75 * values.length);
    expect(Math.abs(mean)).toBeLessThan(0.15);
    expect(Math.sqrt(variance)).toBeGreaterThan(0.15);
  });

  test('has no jumps where a coarse field is magnified', () => {
    const field = noiseField(new Random(2), 2, 2);
    const steps = Array.from({ length: 2000 }, (_, i) => Math.abs(field(i / 1000, 0.3) - field((i + 1) / 1000, 0.3)));
    expect(Math.max(...steps)).toBeLessThan(0.02);
  });

  test('starts somewhere else for every picture', () => {
    expect(noiseField(new Random(1), 3)(0, 0)).not.toBe(noiseField(new Random(2), 3)(0, 0));
    expect(noiseField(new Random(1), 3)(0.2, 0.1)).toBe(noiseField(new Random(1), 3)(0.2, 0.1));
  });

  test('of a cell takes negative cells too', () => {
    expect(cellNoise(-1, -1)).toBe(cellNoise(63, 63));
    expect(cellNoise(3, 4)).not.toBe(cellNoise(4, 3));
  });

  test('gives ridges and hills that a table follows', () => {
    for (const curve of [peaks(new Random(3), 2), rolling(new Random(3), 2)]) {
      const table = tabulated(curve, -1, 1);
      for (let x = -0.9; x < 0.9; x += 0.13) expect(Math.abs(table(x) - curve(x))).toBeLessThan(0.15);
      expect(table(9)).toBeCloseTo(table(1), 2);
    }
  });
});

describe('wave', () => {
  test('is a sine within 0.0015', () => {
    for (let turns = -2; turns < 2; turns += 0.0137)
      expect(Math.abs(wave(turns) - Math.sin(2 * Math.PI * turns))).toBeLessThan(0.0015);
  });
});

describe('stripes', () => {
  test('are on and off when finer than a stripe, and even when coarser', () => {
    expect(stripes(0.2, 0.5, 0.01)).toBeCloseTo(1, 9);
    expect(stripes(0.7, 0.5, 0.01)).toBeCloseTo(0, 9);
    expect(stripes(0.5, 0.5, 0.2)).toBeCloseTo(0.5, 9);
    expect(stripes(-3.37, 0.3, 100)).toBeCloseTo(0.3, 2);
  });
});
