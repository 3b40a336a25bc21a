/** The columns of the board for each kind of task. */
import type { BoardKind } from '../../objectives/page.ts';
import type { BoardColumns } from './layout.ts';

export interface Column {
  title: string;
  /** Where there is little room. */
  short: string;
}

const column = (title: string, short = title): Column => ({ title, short });

/** The pictures of a row, from left to right. */
export const COLUMNS: Readonly<Record<BoardKind, readonly Column[]>> = {
  jigsaw: [column('pieces, shuffled', 'shuffled'), column('the model’s placement', 'the model'), column('the truth')],
  painting: [column('original'), column('masked'), column('prediction'), column('prediction + visible', '+ visible')],
  latents: [
    column('what the student sees', 'student sees'),
    column('teacher’s target', 'target'),
    column('student’s prediction', 'prediction'),
    column('cosine similarity', 'cosine'),
  ],
  classes: [column('picture')],
};

/** Kept in step with `.board-row` in board.css. */
const NAME = 88;
const LAYOUTS: Readonly<Record<BoardKind, number>> = {
  jigsaw: NAME + 132,
  painting: NAME + 92,
  latents: NAME + 92,
  // The answers stand between the picture and the verdict.
  classes: NAME + 240 + 12 + 64,
};

export function columnsOf(kind: BoardKind): BoardColumns {
  return { tiles: COLUMNS[kind].length, aside: LAYOUTS[kind] };
}
