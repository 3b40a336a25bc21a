import { describe, expect, it } from 'vitest';
import type { EvaluationReport } from '../../../src/trainer/reports.ts';
import { curvesUntil, NO_CURVES, startOver, withEvaluation } from '../../../src/ui/store/curves.ts';

function evaluation(step: number, accuracy: number, more: Partial<EvaluationReport> = {}): EvaluationReport {
  const scores = {
    pictures: 10,
    loss: 1,
    accuracy,
    top5: 1,
    contextAccuracy: accuracy,
    maskedAccuracy: Number.NaN,
    meanError: 0.5,
    confusion: new Uint32Array(16),
    eta: 0,
    assignmentAccuracy: accuracy,
  };
  return { step, scores, etaCurve: [{ eta: 0, accuracy, step }], uniformDistance: 2, ...more };
}

describe('held-out points', () => {
  it('has one for each step, however many parts an evaluation comes in', () => {
    let curves = withEvaluation(NO_CURVES, evaluation(100, 0.3));
    const points = curves.heldOut;
    curves = withEvaluation(curves, evaluation(100, 0.3, { contentFloor: 0.12 }));
    expect(curves.heldOut).toBe(points);
    expect(curves.contentFloor).toBe(0.12);
  });

  it('replaces a step that was measured again after a live change', () => {
    const curves = withEvaluation(withEvaluation(NO_CURVES, evaluation(100, 0.3)), evaluation(100, 0.2));
    expect(curves.heldOut).toEqual([{ step: 100, loss: 1, accuracy: 0.2 }]);
  });

  it('keeps the content-only floor through evaluations that do not measure it', () => {
    const curves = withEvaluation(withEvaluation(NO_CURVES, evaluation(1, 0.1, { contentFloor: 0.12 })), evaluation(2, 0.1));
    expect(curves.contentFloor).toBe(0.12);
  });
});

describe('starting over', () => {
  it('empties everything and keeps the mask-ratio curve to compare with', () => {
    const curves = startOver(withEvaluation(NO_CURVES, evaluation(100, 0.3)));
    expect(curves).toEqual({ ...NO_CURVES, previousEtaCurve: [{ eta: 0, accuracy: 0.3, step: 100 }] });
  });

  it('does not trade a curve that shows something for that of an untrained run', () => {
    const trained = startOver(withEvaluation(NO_CURVES, evaluation(100, 0.3)));
    expect(startOver(withEvaluation(trained, evaluation(0, 0.06))).previousEtaCurve[0].accuracy).toBe(0.3);
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
