/** What has been measured so far: the training curve, the held-out points, the newest evaluation. */
import type { EtaPoint, EvaluationReport, StepReport } from '../../trainer/reports.ts';
import { appendSteps, type Curve, EMPTY_CURVE } from './curve.ts';
import { thin } from './thin.ts';

const HELD_OUT_POINTS = 200;

export interface HeldOutPoint {
  step: number;
  loss: number;
  accuracy: number;
}

export interface CurvesState {
  training: Curve;
  heldOut: readonly HeldOutPoint[];
  /** Accuracy of a model without attention, once it has been measured. */
  contentFloor: number | null;
  latest: EvaluationReport | null;
  /** The mask-ratio curve of the run before this one, to compare with. */
  previousEtaCurve: readonly EtaPoint[];
}

export const NO_CURVES: CurvesState = {
  training: EMPTY_CURVE,
  heldOut: [],
  contentFloor: null,
  latest: null,
  previousEtaCurve: [],
};

export function withTraining(curves: CurvesState, steps: readonly StepReport[]): CurvesState {
  return { ...curves, training: appendSteps(curves.training, steps) };
}

export function withEvaluation(curves: CurvesState, evaluation: EvaluationReport): CurvesState {
  return {
    ...curves,
    heldOut: withScores(curves.heldOut, evaluation),
    contentFloor: evaluation.contentFloor ?? curves.contentFloor,
    latest: evaluation,
  };
}

/** The scores of one step come with every part of that round; after a live change they are measured again and replaced. */
function withScores(points: readonly HeldOutPoint[], { step, scores }: EvaluationReport): readonly HeldOutPoint[] {
  const { loss, accuracy } = scores;
  const last = points.at(-1);
  if (last?.step === step && last.loss === loss && last.accuracy === accuracy) return points;
  const earlier = points.filter((point) => point.step < step);
  return thin([...earlier, { step, loss, accuracy }], HELD_OUT_POINTS, (point) => point.step);
}

/** Without what was measured at later steps; the newest evaluation stays until there is another. */
export function curvesUntil(curves: CurvesState, step: number): CurvesState {
  const { training, heldOut } = curves;
  const isUntil = (point: { step: number }): boolean => point.step <= step;
  return {
    ...curves,
    training: { ...training, points: training.points.filter(isUntil) },
    heldOut: heldOut.filter(isUntil),
  };
}

/** A new run starts with empty curves; the old mask-ratio curve stays behind it when there was something to see. */
export function startOver(curves: CurvesState): CurvesState {
  const latest = curves.latest;
  const worthKeeping = latest !== null && latest.step > 0;
  return { ...NO_CURVES, previousEtaCurve: worthKeeping ? latest.etaCurve : curves.previousEtaCurve };
}
