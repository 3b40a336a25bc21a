import { describe, expect, test } from 'vitest';
import { Random } from '../../../src/base/random.ts';
import { brighten, hex, mix, put, putMix, putOver, Spot, smoothstep, vary } from '../../../src/data/drawing/colour.ts';

describe('colours', () => {
  test('are read from hex codes, and a typo throws', () => {
    expect(hex('#ff8000')).toEqual([1, 128 / 255, 0]);
    expect(() => hex('#ff80')).toThrow('#ff80');
    expect(() => hex('#gggggg')).toThrow('#gggggg');
  });

  test('mix, brighten and vary within 0..1', () => {
    expect(mix([0, 0, 0], [1, 0.5, 0], 0.5)).toEqual([0.5, 0.25, 0]);
    expect(brighten([0.8, 0.1, 0], 2)).toEqual([1, 0.2, 0]);
    for (let seed = 0; seed < 50; seed++) {
      const off = vary(new Random(seed), [0.98, 0.5, 0.01], 0.1);
      for (const [i, value] of off.entries())
        expect(Math.abs(value - ([0.98, 0.5, 0.01][i] ?? 0))).toBeLessThanOrEqual(0.1 + 1e-9);
      expect(Math.max(...off)).toBeLessThanOrEqual(1);
      expect(Math.min(...off)).toBeGreaterThanOrEqual(0);
    }
  });

  test('step smoothly in both directions', () => {
    expect([smoothstep(0, 1, -1), smoothstep(0, 1, 0.5), smoothstep(0, 1, 2)]).toEqual([0, 0.5, 1]);
    expect([smoothstep(1, 0, -1), smoothstep(1, 0, 2)]).toEqual([1, 0]);
  });

  test('answer a spot', () => {
    const spot = new Spot();
    put(spot, [0.2, 0.4, 0.6], 0.5);
    expect([spot.red, spot.green, spot.blue]).toEqual([0.1, 0.2, 0.3]);
    putMix(spot, [0, 0, 0], [1, 1, 1], 0.25, 2);
    expect(spot.red).toBe(0.5);
    putOver(spot, [1, 1, 1], 0.5);
    expect(spot.red).toBe(0.75);
  });
});
