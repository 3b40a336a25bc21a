/** The board through training time, and how it is looked at. */
import type { BoardReport, JigsawSample } from '../../trainer/reports.ts';
import type { Placement } from '../canvas/jigsaw.ts';
import { thin } from './thin.ts';

export const BOARD_FRAMES = 200;

export interface BoardFrame {
  report: BoardReport;
  /** Which photo was pinned when it was made: 0 for none. A frame of another photo must not be drawn over this one. */
  pin: number;
}

export interface BoardState {
  frames: readonly BoardFrame[];
  /** Index of the frame that is looked at; null follows the newest. */
  cursor: number | null;
  /** Counts the photos that were pinned; the current one bears the last number. */
  pin: number;
  photoName: string | null;
  placement: Placement;
  showConfidence: boolean;
  showArrows: boolean;
}

export const EMPTY_BOARD: BoardState = {
  frames: [],
  cursor: null,
  pin: 0,
  photoName: null,
  placement: 'argmax',
  showConfidence: false,
  showArrows: false,
};

/** Adds a frame; one of the same step (after a live change, a pin) replaces it. */
export function withFrame(board: BoardState, report: BoardReport, pinned: boolean): BoardState {
  const looking = board.cursor === null ? null : board.frames[board.cursor];
  const earlier = board.frames.filter((frame) => frame.report.step < report.step);
  const frames = thin([...earlier, { report, pin: pinned ? board.pin : 0 }], BOARD_FRAMES);
  return { ...board, frames, cursor: looking === null ? null : nearestFrame(frames, looking.report.step) };
}

/** Thinning can remove the frame that is looked at; the next one in time takes its place. */
function nearestFrame(frames: readonly BoardFrame[], step: number): number {
  const index = frames.findIndex((frame) => frame.report.step >= step);
  return index === -1 ? frames.length - 1 : index;
}

export function startBoardOver(board: BoardState): BoardState {
  return { ...board, frames: [], cursor: null };
}

/** The frame to draw: the one under the scrubber, or the newest. */
export function shownFrame(board: BoardState): BoardFrame | null {
  return board.frames[board.cursor ?? board.frames.length - 1] ?? null;
}

/**
 * What a frame says about picture `index` of a board that now has a pinned photo in front, or has not. `null` when the
 * picture was not on the board yet.
 */
export function sampleAt(frame: BoardFrame, index: number, pinnedNow: boolean, pin: number): JigsawSample | null {
  const pinnedThen = frame.pin > 0;
  if (pinnedNow && index === 0) return frame.pin === pin ? (frame.report.samples[0] ?? null) : null;
  const shift = Number(pinnedThen) - Number(pinnedNow);
  return frame.report.samples[index + shift] ?? null;
}
