/** What of a drawing can be heard, a button each. */
import { AudioLines, Play, Square } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import type { DrawingProps } from '../modalities/extras.ts';
import { type Heard, heardOf } from './heard.ts';
import { play, readyOnTouch, stopPlaying, usePlayer } from './player.ts';

/** Of what the bands alone tell, which is no drawing of its own. */
const BANDS_KEY = 'B';

export function PlayButtons({ set, index, shown, name, shortcut }: DrawingProps) {
  const all = useMemo(() => heardOf({ set, index, shown, name }), [set, index, shown, name]);
  useEffect(readyOnTouch, []);
  return (
    <span className="play-buttons">
      {all.map((heard, i) => (
        <PlayButton key={heard.what} heard={heard} shortcut={shortcut && (i === 0 ? shortcut : BANDS_KEY)} second={i > 0} />
      ))}
    </span>
  );
}

interface Props {
  heard: Heard;
  shortcut: string | undefined;
  second: boolean;
}

function PlayButton({ heard, shortcut, second }: Props) {
  const state = usePlayer(({ now }) => (now?.heard.what === heard.what ? now.is : null));
  const Icon = state === null ? (second ? AudioLines : Play) : Square;
  const label = `${state === null ? 'Play' : 'Stop'} ${heard.what}`;
  return (
    <button
      type="button"
      className="icon-button play-button"
      aria-label={label}
      title={shortcut === undefined ? label : `${label} (${shortcut})`}
      aria-keyshortcuts={shortcut}
      aria-busy={state === 'making' || undefined}
      data-on={state !== null || undefined}
      onClick={() => (state === null ? play(heard) : stopPlaying())}
    >
      <Icon size={12} aria-hidden="true" />
    </button>
  );
}
