/** A button that plays the sound of a sample. */
import { Play, Square } from 'lucide-react';
import { useEffect } from 'react';
import { SOUND_RATE } from '../../config/modalities/sound.ts';
import type { StoredClips } from '../../data/sound/soundSet.ts';
import type { Heard } from '../sound/heard.ts';
import { play, readyOnTouch, stopPlaying, usePlayer } from '../sound/player.ts';

const FULL_SCALE = 32_768;

export function HearMember({ clips, index, name }: { clips: StoredClips; index: number; name: string }) {
  const what = `the sound of ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const state = usePlayer(({ now }) => (now?.heard.what === what ? now.is : null));
  useEffect(readyOnTouch, []);
  const Icon = state === null ? Play : Square;
  const heard: Heard = {
    what,
    caption: `${name}, its sound as it was spoken`,
    drawing: what,
    rate: SOUND_RATE,
    isDrawn: false,
    make: () =>
      Float32Array.from(clips.samples.subarray(clips.starts[index], clips.starts[index + 1]), (value) => value / FULL_SCALE),
  };
  const label = `${state === null ? 'Play' : 'Stop'} ${what}`;
  return (
    <button
      type="button"
      className="icon-button play-button"
      aria-label={label}
      title={label}
      data-on={state !== null || undefined}
      onClick={() => (state === null ? play(heard) : stopPlaying())}
    >
      <Icon size={12} aria-hidden="true" />
    </button>
  );
}
