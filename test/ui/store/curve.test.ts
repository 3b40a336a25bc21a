import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../../src/trainer/reports.ts';
import { appendSteps, CURVE_POINTS, EMPTY_CURVE, smoothCurve } from '../../../src/ui/store/curve.ts';

function report(step: number): StepReport {
  return { step, loss: step, accuracy: 1 / step, learningRate: 0.001, gradientNorm: 1, milliseconds: 10 };
}

function steps(from: number, to: number): StepReport[] {
  return Array.from({ length: to - from + 1 }, (_, i) => report(from + i));
}

describe('the training curve', () => {
  it('keeps every step while there are few', () => {
    const curve = appendSteps(EMPTY_CURVE, steps(1, 50));
    expect(curve.points.map(({ step }) => step)).toEqual(steps(1, 50).map(({ step }) => step));
  });

  it('stays drawable however long the run is, ends at the last step and keeps the mean', () => {
    const total = 12_345;
    const curve = appendSteps(EMPTY_CURVE, steps(1, total));
    expect(curve.points.length).toBeLessThanOrEqual(CURVE_POINTS);
    expect(curve.points.length).toBeGreaterThan(CURVE_POINTS / 3);
    expect(curve.points.at(-1)?.step).toBe(total);
    const counted = curve.points.reduce((sum, { count }) => sum + count, 0);
    const mean = curve.points.reduce((sum, { loss, count }) => sum + loss * count, 0) / counted;
    expect(counted).toBe(total);
    expect(mean).toBeCloseTo((total + 1) / 2, 6);
  });

  it('is the same whether steps come one by one or together', () => {
    const together = appendSteps(EMPTY_CURVE, steps(1, 777));
    const apart = steps(1, 777).reduce((curve, step) => appendSteps(curve, [step]), EMPTY_CURVE);
    expect(apart).toEqual(together);
  });

  it('forgets the steps that a run set back does again', () => {
    const curve = appendSteps(appendSteps(EMPTY_CURVE, steps(1, 40)), steps(21, 22));
    expect(curve.points.map(({ step }) => step)).toEqual([...steps(1, 20), ...steps(21, 22)].map(({ step }) => step));
  });

  it('leaves a curve alone when no steps come', () => {
    const curve = appendSteps(EMPTY_CURVE, steps(1, 10));
    expect(appendSteps(curve, []).points).toEqual(curve.points);
  });
});

describe('smoothing', () => {
  it('keeps a constant and damps noise', () => {
    const points = Array.from({ length: 200 }, (_, i) => ({ step: i + 1, loss: 2 + (i % 2), accuracy: 0.5, count: 1 }));
    const smooth = smoothCurve(points);
    expect(smooth.every(({ accuracy }) => Math.abs(accuracy - 0.5) < 1e-12)).toBe(true);
    const last = smooth.slice(-20).map(({ loss }) => loss);
    expect(Math.max(...last) - Math.min(...last)).toBeLessThan(0.3);
  });

  it('starts at the first point', () => {
    expect(smoothCurve([{ step: 1, loss: 3, accuracy: 0.1, count: 1 }])[0].loss).toBe(3);
  });
});
