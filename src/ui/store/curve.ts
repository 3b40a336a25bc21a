/** The training curve at a size that can be drawn: means over buckets of steps that widen as the run gets longer. */
import type { StepReport } from '../../trainer/reports.ts';

/** Buckets never outnumber this: about one a pixel of the chart. */
export const CURVE_POINTS = 200;

export interface CurvePoint {
  /** Last step of the bucket. */
  step: number;
  loss: number;
  accuracy: number;
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
  for (const step of steps) {
    const last = points.at(-1);
    const single: CurvePoint = { step: step.step, loss: step.loss, accuracy: step.accuracy, count: 1 };
    if (last !== undefined && last.count < bucket) points[points.length - 1] = merge(last, single);
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
  const mean = (x: number, y: number): number => (x * a.count + y * b.count) / count;
  return { step: b.step, loss: mean(a.loss, b.loss), accuracy: mean(a.accuracy, b.accuracy), count };
}

function halve(points: readonly CurvePoint[]): CurvePoint[] {
  const halved: CurvePoint[] = [];
  for (let i = 0; i < points.length; i += 2) {
    const next = points[i + 1];
    halved.push(next === undefined ? points[i] : merge(points[i], next));
  }
  return halved;
}

/**
 * Exponential mean with a half-life of `share` of the points: noise goes, the shape stays. It starts as a plain mean, so
 * that the first point does not weigh on the whole curve.
 */
export function smoothCurve(points: readonly CurvePoint[], share = 0.02): CurvePoint[] {
  const keep = 0.5 ** (1 / Math.max(1, points.length * share));
  let weight = 0;
  let loss = 0;
  let accuracy = 0;
  return points.map((point) => {
    weight = keep * weight + point.count;
    loss += ((point.loss - loss) * point.count) / weight;
    accuracy += ((point.accuracy - accuracy) * point.count) / weight;
    return { ...point, loss, accuracy };
  });
}
