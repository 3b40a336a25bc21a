import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../../src/trainer/reports.ts';
import { appendSteps, CURVE_POINTS, type CurvePoint, EMPTY_CURVE, smoothCurve } from '../../../src/ui/store/curve.ts';
import { stepReport } from '../fakes.ts';

function steps(from: number, to: number, phase = 0): StepReport[] {
  return Array.from({ length: to - from + 1 }, (_, i) => stepReport(from + i, { phase, loss: from + i }));
}

const stepsOf = (points: readonly { step: number }[]): number[] => points.map(({ step }) => step);

describe('the training curve', () => {
  it('keeps every step while there are few, with loss and metrics', () => {
    const curve = appendSteps(EMPTY_CURVE, steps(1, 50));
    expect(stepsOf(curve.points)).toEqual(stepsOf(steps(1, 50)));
    expect(curve.points[6].values).toEqual({ loss: 7, positionAccuracy: 0.1 });
  });

  it('stays drawable however long the run is, ends at the last step and keeps the mean', () => {
    const total = 12_345;
    const curve = appendSteps(EMPTY_CURVE, steps(1, total));
    expect(curve.points.length).toBeLessThanOrEqual(CURVE_POINTS);
    expect(curve.points.length).toBeGreaterThan(CURVE_POINTS / 3);
    expect(curve.points.at(-1)?.step).toBe(total);
    const counted = curve.points.reduce((sum, { count }) => sum + count, 0);
    const mean = curve.points.reduce((sum, { values, count }) => sum + (values.loss ?? Number.NaN) * count, 0) / counted;
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
    expect(stepsOf(curve.points)).toEqual(stepsOf([...steps(1, 20), ...steps(21, 22)]));
  });

  it('leaves a curve alone when no steps come', () => {
    const curve = appendSteps(EMPTY_CURVE, steps(1, 10));
    expect(appendSteps(curve, []).points).toEqual(curve.points);
  });

  it('never averages over the border of two phases, however long it gets', () => {
    const curve = [0, 1, 2].reduce(
      (all, phase) => appendSteps(all, steps(1 + 1001 * phase, 1001 * (phase + 1), phase)),
      EMPTY_CURVE,
    );
    expect(curve.points.length).toBeLessThanOrEqual(CURVE_POINTS + 3);
    for (const phase of [0, 1, 2]) {
      const own = curve.points.filter((point) => point.phase === phase);
      expect(own.reduce((sum, { count }) => sum + count, 0)).toBe(1001);
      expect(own.at(-1)?.step).toBe(1001 * (phase + 1));
    }
  });
});

describe('smoothing', () => {
  const point = (step: number, loss: number, more: Partial<CurvePoint> = {}): CurvePoint => ({
    step,
    phase: 0,
    values: { loss, positionAccuracy: 0.5 },
    count: 1,
    ...more,
  });

  it('keeps a constant and damps noise', () => {
    const points = Array.from({ length: 200 }, (_, i) => point(i + 1, 2 + (i % 2)));
    expect(smoothCurve(points, 'positionAccuracy').every(({ value }) => Math.abs(value - 0.5) < 1e-12)).toBe(true);
    const last = smoothCurve(points, 'loss')
      .slice(-20)
      .map(({ value }) => value);
    expect(Math.max(...last) - Math.min(...last)).toBeLessThan(0.3);
  });

  it('starts at the first point, of the run and of each phase', () => {
    const points = [...[1, 2, 3].map((step) => point(step, 3)), point(4, 8, { phase: 1 })];
    expect(smoothCurve(points, 'loss').map(({ value }) => value)).toEqual([3, 3, 3, 8]);
  });

  it('leaves out points that do not have the metric', () => {
    const points = [point(1, 3), point(2, 3, { phase: 1, values: { loss: 3, distillation: 7 } })];
    expect(smoothCurve(points, 'distillation')).toEqual([{ step: 2, value: 7 }]);
  });
});
