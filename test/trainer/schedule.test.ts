import { describe, expect, it } from 'vitest';
import { scheduledRate } from '../../src/trainer/schedule.ts';

const SETTINGS = { learningRate: 0.001, warmup: 100, steps: 1100 };

describe('scheduledRate', () => {
  it('climbs in a line to the peak, then falls in half a cosine to zero', () => {
    expect(scheduledRate(0, SETTINGS)).toBeCloseTo(0.00001, 12);
    expect(scheduledRate(49, SETTINGS)).toBeCloseTo(0.0005, 12);
    expect(scheduledRate(100, SETTINGS)).toBeCloseTo(0.001, 12);
    expect(scheduledRate(600, SETTINGS)).toBeCloseTo(0.0005, 12);
    expect(scheduledRate(1100, SETTINGS)).toBeCloseTo(0, 12);
  });

  it('stays at zero past the end and starts at the peak without warm-up', () => {
    expect(scheduledRate(5000, SETTINGS)).toBeCloseTo(0, 12);
    expect(scheduledRate(0, { ...SETTINGS, warmup: 0 })).toBe(0.001);
  });

  it('is finite when warm-up is as long as the run', () => {
    for (const step of [0, 9, 10, 11]) {
      expect(Number.isFinite(scheduledRate(step, { learningRate: 1, warmup: 10, steps: 10 }))).toBe(true);
    }
  });
});
