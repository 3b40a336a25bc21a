import { describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src/trainer/reports.ts';
import { curvesUntil, NO_CURVES, startOver, withEvaluation } from '../../../src/ui/store/curves.ts';

function evaluation(step: number, positionAccuracy: number, more: Partial<EvaluationReport> = {}): EvaluationReport {
  const scores = { loss: 1, positionAccuracy, maskedAccuracy: Number.NaN };
  return {
    step,
    scores,
    pictures: 0,
    errors: {},
    maskRatioCurve: [{ maskRatio: 0, value: positionAccuracy, step }],
    uniformDistance: 2,
    ...more,
  };
}

describe('held-out points', () => {
  it('has one for each step, however many parts an evaluation comes in', () => {
    let curves = withEvaluation(NO_CURVES, evaluation(100, 0.3));
    const points = curves.heldOut;
    curves = withEvaluation(curves, evaluation(100, 0.3, { references: { 'content only': 0.12 } }));
    expect(curves.heldOut).toBe(points);
    expect(curves.references).toEqual({ 'content only': 0.12 });
  });

  it('replaces a step that was measured again after a live change', () => {
    const curves = withEvaluation(withEvaluation(NO_CURVES, evaluation(100, 0.3)), evaluation(100, 0.2));
    expect(curves.heldOut).toEqual([{ step: 100, scores: evaluation(100, 0.2).scores }]);
  });

  it('keeps measured levels through evaluations that do not measure them', () => {
    const first = withEvaluation(NO_CURVES, evaluation(1, 0.1, { references: { 'content only': 0.12 } }));
    expect(withEvaluation(first, evaluation(2, 0.1)).references).toEqual({ 'content only': 0.12 });
  });
});

describe('starting over', () => {
  it('empties everything and keeps the mask-ratio curve to compare with', () => {
    const curves = startOver(withEvaluation(NO_CURVES, evaluation(100, 0.3)), 'positionAccuracy');
    const previousMaskRatioCurve = { metric: 'positionAccuracy', points: [{ maskRatio: 0, value: 0.3, step: 100 }] };
    expect(curves).toEqual({ ...NO_CURVES, previousMaskRatioCurve });
  });

  it('does not trade a curve that shows something for that of an untrained run, or of one without any', () => {
    const trained = startOver(withEvaluation(NO_CURVES, evaluation(100, 0.3)), 'positionAccuracy');
    const untrained = startOver(withEvaluation(trained, evaluation(0, 0.06)), 'positionAccuracy');
    expect(untrained.previousMaskRatioCurve?.points[0].value).toBe(0.3);
    const supervised = startOver(
      withEvaluation(trained, evaluation(50, 0.5, { pictures: 0, errors: {}, maskRatioCurve: [] })),
      undefined,
    );
    expect(supervised.previousMaskRatioCurve?.points[0].value).toBe(0.3);
  });
});

describe('a run that goes on from an earlier step', () => {
  it('loses what was measured later', () => {
    const curves = [10, 20, 30].reduce((all, step) => withEvaluation(all, evaluation(step, 0.1)), NO_CURVES);
    const until = curvesUntil(curves, 20);
    expect(until.heldOut.map(({ step }) => step)).toEqual([10, 20]);
    expect(until.latest?.step).toBe(30);
  });
});
