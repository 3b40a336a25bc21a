/** The board through training time, and how it is looked at. */
import type { ModalityName } from '../../config/modalities.ts';
import type { BoardReport } from '../../trainer/reports.ts';
import type { Placement } from '../canvas/jigsaw.ts';
import { thin } from './thin.ts';

export const BOARD_FRAMES = 200;

export interface BoardFrame {
  report: BoardReport;
  /** Which photo was pinned when it was made: 0 for none. A frame of another photo must not be drawn over this one. */
  pin: number;
  /** Share of patches that the run hid when it was made. */
  maskRatio: number;
}

/** What somebody has pinned, as it was brought. */
export interface KeptPhoto {
  name: string;
  kind: ModalityName;
  bytes: Uint8Array<ArrayBuffer>;
}

export interface BoardState {
  frames: readonly BoardFrame[];
  /** The step that is looked at; null follows the newest. Its own frame may have been thinned out: see `frameIndex`. */
  cursor: number | null;
  /** Counts the photos that were pinned; the current one bears the last number. */
  pin: number;
  photoName: string | null;
  /** The photo as a file, so that it comes back with the run; null while there is none, and where it is too large for that. */
  photo: KeptPhoto | null;
  placement: Placement;
  showConfidence: boolean;
  showArrows: boolean;
}

export const EMPTY_BOARD: BoardState = {
  frames: [],
  cursor: null,
  pin: 0,
  photoName: null,
  photo: null,
  placement: 'argmax',
  showConfidence: false,
  showArrows: false,
};

/** Adds a frame; one of the same step (after a live change, a pin) replaces it. */
export function withFrame(board: BoardState, report: BoardReport, pinned: boolean, maskRatio: number): BoardState {
  const earlier = board.frames.filter((frame) => frame.report.step < report.step);
  const frames = [...earlier, { report, pin: pinned ? board.pin : 0, maskRatio }];
  return { ...board, frames: thin(frames, BOARD_FRAMES, (frame) => frame.report.step) };
}

export function startBoardOver(board: BoardState): BoardState {
  return { ...board, frames: [], cursor: null };
}

/** Without the frames of later steps. */
export function boardUntil(board: BoardState, step: number): BoardState {
  const cursor = board.cursor !== null && board.cursor > step ? null : board.cursor;
  return { ...board, cursor, frames: board.frames.filter(({ report }) => report.step <= step) };
}

/** The frame nearest to the step that is looked at; -1 when there is none. */
export function frameIndex({ frames, cursor }: BoardState): number {
  if (cursor === null) return frames.length - 1;
  const distance = (index: number): number => Math.abs(frames[index].report.step - cursor);
  let nearest = frames.length - 1;
  for (let index = nearest - 1; index >= 0; index--) if (distance(index) < distance(nearest)) nearest = index;
  return nearest;
}

/** The frame to draw. */
export function shownFrame(board: BoardState): BoardFrame | null {
  return board.frames[frameIndex(board)] ?? null;
}

/**
 * Where a frame keeps its sample of picture `index` of a board that now has a pinned photo in front, or has not. `null`
 * when the picture was not on the board yet.
 */
export function sampleIndex(frame: BoardFrame, index: number, pinnedNow: boolean, pin: number): number | null {
  const pinnedThen = frame.pin > 0;
  const isThere = (at: number): boolean => at >= 0 && at < frame.report.samples.length;
  if (pinnedNow && index === 0) return frame.pin === pin && isThere(0) ? 0 : null;
  const at = index + Number(pinnedThen) - Number(pinnedNow);
  return isThere(at) ? at : null;
}
