import { describe, expect, it } from 'vitest';
import { curvesUntil, NO_CURVES, startOver, withRunMark } from '../../../src/ui/store/curves.ts';
import { marksOf, type RunMark, sayMark, withMark } from '../../../src/ui/store/marks.ts';

const ratio = (step: number, from: number, to: number): RunMark => ({ step, path: 'task.maskRatio', from, to });

describe('what happened to a run', () => {
  it('is said with both values and the step', () => {
    expect(sayMark(ratio(1200, 0.4, 0.75))).toBe('mask ratio 0.4 → 0.75 at step 1,200');
    expect(sayMark({ step: 30, path: 'optimiser.steps', from: 3000, to: 4000 })).toBe('steps 3,000 → 4,000 at step 30');
    expect(sayMark({ step: 5, path: 'optimiser.learningRate', from: 0.001, to: 0.00005 })).toBe(
      'learning rate 0.001 → 0.00005 at step 5',
    );
    expect(sayMark({ step: 7, text: 'brought back on WebAssembly' })).toBe('brought back on WebAssembly at step 7');
    expect(marksOf([ratio(3, 0, 1)])).toEqual([{ x: 3, text: 'mask ratio 0 → 1 at step 3' }]);
  });

  it('is one change for each setting and step, and none if it ends where it was', () => {
    const dragged = [ratio(9, 0.4, 0.5), ratio(9, 0.5, 0.75)].reduce<readonly RunMark[]>(withMark, []);
    expect(dragged).toEqual([ratio(9, 0.4, 0.75)]);
    expect(withMark(dragged, ratio(9, 0.75, 0.4))).toEqual([]);
    const later = withMark(dragged, ratio(10, 0.75, 0.4));
    expect(later).toHaveLength(2);
    expect(withMark(later, { step: 9, path: 'optimiser.batch', from: 8, to: 16 })).toHaveLength(3);
  });

  it('is one change while a slider is dragged, with the steps that it took', () => {
    const dragged = [0.5, 0.6, 0.75].reduce<readonly RunMark[]>(
      (marks, to, i) => withMark(marks, { ...ratio(100 + 6 * i, to - 0.1, to), time: 200 * i }),
      [],
    );
    expect(marksOf(dragged)).toEqual([{ x: 100, text: 'mask ratio 0.4 → 0.75 over steps 100 to 112' }]);
    expect(withMark(dragged, { ...ratio(200, 0.75, 0.4), time: 5000 })).toHaveLength(2);
    expect(withMark(dragged, { step: 113, path: 'optimiser.batch', from: 8, to: 16, time: 500 })).toHaveLength(2);
  });

  it('stays with the curves, goes with the steps that were undone, and ends with the run', () => {
    const curves = [ratio(10, 0, 0.5), ratio(20, 0.5, 0.6)].reduce(withRunMark, NO_CURVES);
    expect(curves.marks).toHaveLength(2);
    expect(curvesUntil(curves, 15).marks).toEqual([ratio(10, 0, 0.5)]);
    expect(startOver(curves, undefined).marks).toEqual([]);
  });

  it('is told once, however often it happens at one step', () => {
    const undone: RunMark = { step: 10, text: 'brought back by Undo' };
    const curves = [undone, ratio(10, 0, 0.5), undone].reduce(withRunMark, NO_CURVES);
    expect(curves.marks).toEqual([undone, ratio(10, 0, 0.5)]);
    expect(withRunMark(curves, { ...undone, step: 11 }).marks).toHaveLength(3);
  });

  it('is nothing before the first step', () => {
    expect(withRunMark(NO_CURVES, ratio(0, 0, 0.5)).marks).toEqual([]);
  });

  it('is kept for hours of dragging, in bounds', () => {
    let marks: readonly RunMark[] = [];
    for (let step = 1; step < 900; step++) marks = withMark(marks, ratio(step, step, step + 1));
    expect(marks.length).toBeLessThanOrEqual(200);
    expect(marks[0].step).toBe(1);
  });
});
