import { describe, expect, it } from 'vitest';
import { Random } from '../../src/base/random.ts';
import { NoisePool } from '../../src/objectives/noisePool.ts';

describe('NoisePool', () => {
  it('fills blanks with fresh noise of the right size', () => {
    const pool = new NoisePool(0.01, 1);
    const noise = pool.draw(4, 5000, new Random(2));
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const deviation = Math.sqrt(noise.reduce((sum, value) => sum + value ** 2, 0) / noise.length);
    expect(Math.abs(mean)).toBeLessThan(3e-4);
    expect(deviation).toBeCloseTo(0.01, 3);
    expect(noise.slice(0, 5000)).not.toEqual(noise.slice(5000, 10_000));
    expect(pool.draw(4, 5000, new Random(3))).not.toEqual(noise);
    expect(new NoisePool(0.01, 1).draw(4, 5000, new Random(2))).toEqual(noise);
  });
});
