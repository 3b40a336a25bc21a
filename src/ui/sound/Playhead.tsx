/** Over a drawing that sounds: the piece that is heard, and how far it is. At its edge, the frequencies of its bands. */
import { sidesOf } from '../../config/modalities/tokens.ts';
import { type Size, useReducedMotion, useSize } from '../hooks.ts';
import type { DrawingProps } from '../modalities/extras.ts';
import { drawingName } from './heard.ts';
import { usePlayer } from './player.ts';
import { frequencyMarks } from './scales.ts';

export function Playhead({ set, shown, name }: DrawingProps) {
  const [frame, size] = useSize<HTMLSpanElement>();
  const drawing = drawingName({ name, shown });
  const columns = 'grid' in shown ? sidesOf(shown.grid)[1] : 1;
  const still = useReducedMotion();
  return (
    <span ref={frame} className="playhead" aria-hidden="true">
      {columns > 1 && <LitPiece drawing={drawing} columns={columns} />}
      {!still && <Line drawing={drawing} />}
      {size !== null && set.sound !== undefined && <Frequencies size={size} frontEnd={set.sound.frontEnd} />}
    </span>
  );
}

function LitPiece({ drawing, columns }: { drawing: string; columns: number }) {
  const lit = usePlayer(({ now }) =>
    now?.is === 'sounding' && now.heard.drawing === drawing ? Math.min(columns - 1, Math.floor(now.share * columns)) : null,
  );
  if (lit === null) return null;
  return (
    <span className="lit-piece" data-piece={lit} style={{ left: `${(100 * lit) / columns}%`, width: `${100 / columns}%` }} />
  );
}

function Line({ drawing }: { drawing: string }) {
  const share = usePlayer(({ now }) => (now?.is === 'sounding' && now.heard.drawing === drawing ? now.share : null));
  return share === null ? null : <span className="play-line" style={{ left: `${100 * share}%` }} />;
}

function Frequencies({ size, frontEnd }: { size: Size; frontEnd: Parameters<typeof frequencyMarks>[0] }) {
  return frequencyMarks(frontEnd, size.height).map(({ text, share }) => (
    <span key={text} className="frequency" style={{ bottom: `${100 * share}%` }}>
      {text}
    </span>
  ));
}
