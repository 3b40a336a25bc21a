/** The training curve at a size that can be drawn: means over buckets of steps that widen as the run gets longer. */
import type { MetricName, Scores } from '../../config/metrics.ts';
import type { StepReport } from '../../trainer/reports.ts';

/** Buckets never outnumber this by more than the phases of a run: about one a pixel of the chart. */
export const CURVE_POINTS = 200;

export interface CurvePoint {
  /** Last step of the bucket. */
  step: number;
  /** Index of the run's phase that all steps of the bucket belong to. */
  phase: number;
  /** Mean loss and mean step metrics. */
  values: Scores;
  /** Steps that were averaged. */
  count: number;
}

export interface Curve {
  /** Steps that fill a bucket. */
  bucket: number;
  points: readonly CurvePoint[];
}

export const EMPTY_CURVE: Curve = { bucket: 1, points: [] };

/** Adds steps. A run that was set back (older weights were loaded) loses the points of the steps it does again. */
export function appendSteps(curve: Curve, steps: readonly StepReport[]): Curve {
  let { bucket } = curve;
  const first = steps[0]?.step ?? Number.POSITIVE_INFINITY;
  let points = curve.points.filter((point) => point.step < first);
  for (const { step, phase, loss, metrics } of steps) {
    const last = points.at(-1);
    const single: CurvePoint = { step, phase, values: { ...metrics, loss }, count: 1 };
    if (last !== undefined && last.phase === phase && last.count < bucket) points[points.length - 1] = merge(last, single);
    else points.push(single);
    if (points.length > CURVE_POINTS) {
      points = halve(points);
      bucket *= 2;
    }
  }
  return { bucket, points };
}

function merge(a: CurvePoint, b: CurvePoint): CurvePoint {
  const count = a.count + b.count;
  const values: Partial<Record<MetricName, number>> = { ...a.values };
  for (const [name, value] of Object.entries(b.values) as [MetricName, number][]) {
    const before = a.values[name] ?? value;
    values[name] = (before * a.count + value * b.count) / count;
  }
  return { step: b.step, phase: b.phase, values, count };
}

/** Neighbours become one, except across the border of two phases. */
function halve(points: readonly CurvePoint[]): CurvePoint[] {
  const halved: CurvePoint[] = [];
  for (let i = 0; i < points.length; i++) {
    const next = points[i + 1];
    const together = next !== undefined && next.phase === points[i].phase;
    halved.push(together ? merge(points[i], next) : points[i]);
    if (together) i++;
  }
  return halved;
}

/**
 * One metric as an exponential mean with a half-life of `share` of the points: noise goes, the shape stays. It starts as a
 * plain mean, so that the first point does not weigh on the whole curve, and starts anew with each phase. Points without
 * the metric are left out.
 */
export function smoothCurve(points: readonly CurvePoint[], metric: MetricName, share = 0.02): { step: number; value: number }[] {
  const keep = 0.5 ** (1 / Math.max(1, points.length * share));
  const smooth: { step: number; value: number }[] = [];
  let weight = 0;
  let mean = 0;
  let phase: number | undefined;
  for (const point of points) {
    const value = point.values[metric];
    if (value === undefined) continue;
    if (point.phase !== phase) weight = 0;
    phase = point.phase;
    weight = keep * weight + point.count;
    mean = weight === point.count ? value : mean + ((value - mean) * point.count) / weight;
    smooth.push({ step: point.step, value: mean });
  }
  return smooth;
}
