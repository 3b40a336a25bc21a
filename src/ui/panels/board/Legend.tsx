/** What the colours of a board mean, in a line. */
import type { BoardKind } from '../../objectives/page.ts';

const LINES: Readonly<Record<BoardKind, readonly (readonly [mark: string, words: string])[]>> = {
  jigsaw: [
    ['right', 'right'],
    ['wrong', 'wrong'],
  ],
  painting: [['hidden', 'hidden']],
  cloze: [
    ['right', 'right'],
    ['wrong', 'wrong'],
  ],
  // Beside the title, where there is more room.
  latents: [],
  classes: [
    ['right', 'right'],
    ['wrong', 'wrong'],
  ],
  pairs: [],
  senses: [
    ['hidden', 'removed'],
    ['right', 'right'],
    ['wrong', 'wrong'],
  ],
  switchboard: [
    ['right', 'true class'],
    ['wrong', 'wrong answer'],
  ],
};

export function Legend({ kind }: { kind: BoardKind }) {
  if (LINES[kind].length === 0) return null;
  return (
    <span className="legend">
      {LINES[kind].map(([mark, words]) => (
        <span key={mark} className="legend-entry">
          <span className="legend-mark" data-mark={mark} data-filled={kind !== 'jigsaw' || undefined} />
          {words}
        </span>
      ))}
    </span>
  );
}
