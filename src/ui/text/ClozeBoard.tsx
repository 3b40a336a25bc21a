/** Stories with gaps, one below the other, the visitor's own first. */
import { useEffect } from 'react';
import type { BoardProps } from '../modalities/extras.ts';
import { useApp } from '../store/store.ts';
import { ClozeRow } from './ClozeRow.tsx';
import { forgetStories, refresh } from './editing.ts';
import { OwnStory } from './OwnStory.tsx';
import { shownTexts } from './useSample.ts';

export function ClozeBoard({ info, legend, onFill }: BoardProps) {
  const frames = useApp(({ board }) => board.frames);
  // biome-ignore lint/correctness/useExhaustiveDependencies: stories of another board are other stories
  useEffect(() => forgetStories, [info.board]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new frame is of new weights
  useEffect(() => refresh(onFill, useApp.getState().run.phase === 'running'), [onFill, frames]);
  return (
    <div className="text-board">
      <OwnStory info={info} legend={legend} onFill={onFill} />
      {shownTexts(info).map((index) => (
        <ClozeRow key={index} info={info} index={index} onFill={onFill} />
      ))}
    </div>
  );
}
