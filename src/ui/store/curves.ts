/** What has been measured so far: the training curve, the held-out points, the newest evaluation. */
import type { MetricName, Scores } from '../../config/metrics.ts';
import type { EvaluationReport, MaskRatioPoint, StepReport } from '../../trainer/reports.ts';
import { appendSteps, type Curve, EMPTY_CURVE } from './curve.ts';
import { type RunMark, withMark } from './marks.ts';
import { thin } from './thin.ts';

const HELD_OUT_POINTS = 200;

export interface HeldOutPoint {
  step: number;
  scores: Scores;
}

/** A mask-ratio curve that a run left behind. */
export interface MaskRatioCurve {
  metric: MetricName;
  points: readonly MaskRatioPoint[];
}

export interface CurvesState {
  training: Curve;
  heldOut: readonly HeldOutPoint[];
  /** Levels to compare the main metric with, as far as they have been measured. */
  references: Readonly<Record<string, number>>;
  latest: EvaluationReport | null;
  /** What happened to the run while it trained. */
  marks: readonly RunMark[];
  /** The mask-ratio curve of the run before this one, to compare with. */
  previousMaskRatioCurve: MaskRatioCurve | null;
}

export const NO_CURVES: CurvesState = {
  training: EMPTY_CURVE,
  heldOut: [],
  references: {},
  latest: null,
  marks: [],
  previousMaskRatioCurve: null,
};

export function withTraining(curves: CurvesState, steps: readonly StepReport[]): CurvesState {
  return { ...curves, training: appendSteps(curves.training, steps) };
}

export function withEvaluation(curves: CurvesState, evaluation: EvaluationReport): CurvesState {
  return {
    ...curves,
    heldOut: withScores(curves.heldOut, evaluation),
    references: evaluation.references ?? curves.references,
    latest: evaluation,
  };
}

/** Something happened to the run. Before its first step everything is a beginning. */
export function withRunMark(curves: CurvesState, mark: RunMark): CurvesState {
  return mark.step <= 0 ? curves : { ...curves, marks: withMark(curves.marks, mark) };
}

/** The scores of one step come with every part of that round; after a live change they are measured again and replaced. */
function withScores(points: readonly HeldOutPoint[], { step, scores }: EvaluationReport): readonly HeldOutPoint[] {
  const last = points.at(-1);
  if (last?.step === step && areEqual(last.scores, scores)) return points;
  const earlier = points.filter((point) => point.step < step);
  return thin([...earlier, { step, scores }], HELD_OUT_POINTS, (point) => point.step);
}

function areEqual(a: Scores, b: Scores): boolean {
  const names = Object.keys({ ...a, ...b }) as MetricName[];
  return names.every((name) => Object.is(a[name], b[name]));
}

/** Without what was measured at later steps; the newest evaluation stays until there is another. */
export function curvesUntil(curves: CurvesState, step: number): CurvesState {
  const { training, heldOut, marks } = curves;
  const isUntil = (point: { step: number }): boolean => point.step <= step;
  return {
    ...curves,
    training: { ...training, points: training.points.filter(isUntil) },
    heldOut: heldOut.filter(isUntil),
    marks: marks.filter(isUntil),
  };
}

/**
 * A new run starts with empty curves; the old mask-ratio curve stays behind it when there was something to see.
 *
 * @param explorer what the old run's mask-ratio curve showed; nothing when it had none
 */
export function startOver(curves: CurvesState, explorer: MetricName | undefined): CurvesState {
  const { latest, previousMaskRatioCurve } = curves;
  const worthKeeping = explorer !== undefined && latest !== null && latest.step > 0 && latest.maskRatioCurve.length > 0;
  return {
    ...NO_CURVES,
    previousMaskRatioCurve: worthKeeping ? { metric: explorer, points: latest.maskRatioCurve } : previousMaskRatioCurve,
  };
}
