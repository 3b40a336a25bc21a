/** The columns of the board for each kind of task. */
import type { Words } from '../../../config/modalities/facts.ts';
import type { BoardKind } from '../../objectives/page.ts';
import type { BoardColumns } from './layout.ts';

export interface Column {
  title: string;
  /** Where there is little room. */
  short: string;
}

const column = (title: string, short = title): Column => ({ title, short });

/** The drawings of a row, from left to right, or from the top. */
export const COLUMNS: Readonly<Record<BoardKind, readonly Column[]>> = {
  jigsaw: [column('pieces, shuffled', 'shuffled'), column('the model’s placement', 'the model'), column('the truth')],
  painting: [column('original'), column('masked'), column('prediction'), column('prediction + visible', '+ visible')],
  cloze: [column('the masked ones guessed')],
  latents: [
    column('what the student sees', 'student sees'),
    column('teacher’s target', 'target'),
    column('student’s prediction', 'prediction'),
    column('cosine similarity', 'cosine'),
  ],
  classes: [column('sample')],
  pairs: [column('members')],
  senses: [column('members, and what is painted')],
  switchboard: [column('members')],
};

/** What stands over the drawings, or beside each. */
export function headsOf(kind: BoardKind, { sample }: Pick<Words, 'sample'>): readonly Column[] {
  return kind === 'classes' ? [column(sample)] : COLUMNS[kind];
}

/** Kept in step with `.board-row` in board.css. */
const NAME = 88;
const LAYOUTS: Readonly<Record<BoardKind, Omit<BoardColumns, 'tiles'>>> = {
  jigsaw: { aside: NAME + 132, below: 0 },
  painting: { aside: NAME + 92, below: 0 },
  cloze: { aside: NAME + 92, below: 0 },
  latents: { aside: NAME + 92, below: 0 },
  // The answers stand between the sample and the verdict, or below a strip.
  classes: { aside: NAME + 240 + 12 + 64, below: 72 },
  pairs: { aside: NAME, below: 0 },
  senses: { aside: NAME, below: 0 },
  switchboard: { aside: NAME, below: 0 },
};

export function columnsOf(kind: BoardKind): BoardColumns {
  return { tiles: COLUMNS[kind].length, ...LAYOUTS[kind] };
}
