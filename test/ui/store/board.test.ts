import { describe, expect, it } from 'vitest';
import type { BoardReport, JigsawSample } from '../../../src/trainer/reports.ts';
import { BOARD_FRAMES, boardUntil, EMPTY_BOARD, sampleIndex, shownFrame, withFrame } from '../../../src/ui/store/board.ts';

/** A sample that can be told from others by its `context`. */
function sample(context: number): JigsawSample {
  const none = new Uint16Array(0);
  return { order: none, context, predicted: none, confidence: new Float32Array(0), assigned: none };
}

function report(step: number, contexts: number[] = [1, 2]): BoardReport {
  return { kind: 'jigsaw', step, samples: contexts.map(sample) };
}

describe('the board through time', () => {
  it('follows the newest frame until somebody looks back', () => {
    let board = withFrame(withFrame(EMPTY_BOARD, report(0), false, 0.5), report(10), false, 0.5);
    expect(shownFrame(board)?.report.step).toBe(10);
    board = withFrame({ ...board, cursor: 0 }, report(20), false, 0.5);
    expect(shownFrame(board)?.report.step).toBe(0);
  });

  it('keeps looking at the same time while frames are thinned', () => {
    let board = EMPTY_BOARD;
    for (let step = 0; step <= 150; step++) board = withFrame(board, report(step), false, 0.5);
    board = { ...board, cursor: 100 };
    for (let step = 151; step < 900; step++) board = withFrame(board, report(step), false, 0.5);
    expect(board.frames.length).toBeLessThanOrEqual(BOARD_FRAMES);
    expect(Math.abs((shownFrame(board)?.report.step ?? 0) - 100)).toBeLessThanOrEqual(8);
  });

  it('replaces the frame of a step that is shown anew', () => {
    const board = withFrame(withFrame(EMPTY_BOARD, report(5, [1]), false, 0.5), report(5, [9]), false, 0.5);
    expect(board.frames).toHaveLength(1);
    expect(board.frames[0].report).toEqual(report(5, [9]));
  });
});

describe('a run that goes on from an earlier step', () => {
  const board = [0, 10, 20].reduce((all, step) => withFrame(all, report(step), false, 0.5), EMPTY_BOARD);

  it('has no frames beyond it, and shows the newest that is left', () => {
    expect(shownFrame(boardUntil({ ...board, cursor: 20 }, 15))?.report.step).toBe(10);
    expect(boardUntil(board, 15).frames).toHaveLength(2);
  });

  it('stays where somebody looks back', () => {
    expect(boardUntil({ ...board, cursor: 0 }, 15).cursor).toBe(0);
  });
});

describe('a photo that is pinned in the middle of a run', () => {
  const before = { report: report(1, [1, 2]), pin: 0, maskRatio: 0.5 };
  const after = { report: report(2, [7, 1, 2]), pin: 1, maskRatio: 0.5 };

  it('stands first, and was not there before', () => {
    expect(sampleIndex(after, 0, true, 1)).toBe(0);
    expect(sampleIndex(before, 0, true, 1)).toBeNull();
  });

  it('leaves the other pictures to their own samples, at any time', () => {
    expect([0, 1].map((index) => sampleIndex(before, index + 1, true, 1))).toEqual([0, 1]);
    expect([0, 1].map((index) => sampleIndex(after, index + 1, true, 1))).toEqual([1, 2]);
    expect([0, 1].map((index) => sampleIndex(before, index, false, 1))).toEqual([0, 1]);
    expect([0, 1].map((index) => sampleIndex(after, index, false, 1))).toEqual([1, 2]);
  });

  it('does not take the placement of an earlier photo, nor of a picture that is not there', () => {
    expect(sampleIndex(after, 0, true, 2)).toBeNull();
    expect(sampleIndex(before, 2, false, 0)).toBeNull();
  });
});
