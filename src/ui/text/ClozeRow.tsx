/** One story of the board: what the model of the step that is looked at puts into its gaps, or into those that the visitor chose. */

import { useMemo } from 'react';
import { inWordsOf } from '../../config/inWords.ts';
import type { RunInfo } from '../../worker/protocol.ts';
import type { Fill } from '../modalities/extras.ts';
import { rowClass, rowName } from '../modalities/sampleNames.ts';
import { shownFrame } from '../store/board.ts';
import { useApp } from '../store/store.ts';
import { type Cloze, countCloze, sayCount } from './cloze.ts';
import { clozeOf, withAttention, withMasks } from './clozeOf.ts';
import { edit, forget, lookAt, sameMask, useEditing } from './editing.ts';
import { wordsOf } from './readable.ts';
import { Story } from './Story.tsx';
import { StoryHead } from './StoryHead.tsx';
import type { StoryWord } from './story.ts';
import { NOT_THERE, useSample } from './useSample.ts';

const NO_NAMES: readonly string[] = [];

export function ClozeRow({ info, index, onFill }: { info: RunInfo; index: number; onFill: Fill }) {
  const sample = useSample('cloze', info, index);
  const isLive = useApp(({ board }) => board.cursor === null);
  // The model of an earlier step is gone: only its own masks have guesses of then.
  const edited = useEditing(({ stories }) => (isLive ? stories.get(index) : undefined));
  const words = useMemo(() => wordsOf(info.board, index), [info.board, index]);
  const names = info.board.text?.vocabulary.names ?? NO_NAMES;
  const looked = useEditing((state) => (isLive ? state.looked.get(index) : undefined));
  const step = useApp(({ board }) => shownFrame(board)?.report.step);
  const cloze = useMemo((): Cloze => {
    // Of the same weights, and with all that has been counted since.
    const isFull = looked !== undefined && looked.step === step && sample !== null && sameMask(looked.filled.mask, sample.mask);
    const shown = isFull ? looked.filled : sample;
    if (edited === undefined)
      return shown === null ? nothing(words) : withAttention(clozeOf(shown, words, names), looked?.filled);
    if (edited.filled === null) return withMasks(nothing(words), edited.masked);
    return withAttention(clozeOf(edited.filled.filled, words, names), edited.filled.filled);
  }, [sample, edited, words, names, looked, step]);
  const name = rowName(index, info);
  const toggle = (place: number): void => {
    if (!isLive || sample === null) return;
    const masked = new Set(cloze.masked);
    if (!masked.delete(place)) masked.add(place);
    edit(onFill, index, sample.ids, masked);
  };
  const look = (): void => {
    if (isLive && sample !== null && edited === undefined) void lookAt(onFill, index, sample, useApp.getState().run.step);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="story-row" role="group" aria-label={name}>
      <StoryHead
        name={name}
        className={rowClass(info, index)}
        said={sample === null ? NOT_THERE : inWordsOf(info.config, sayCount(countCloze(cloze)))}
      >
        {edited !== undefined && (
          <button type="button" className="link-button" onClick={() => forget(index)}>
            your masks: take them back
          </button>
        )}
      </StoryHead>
      <Story name={name} cloze={cloze} onToggle={toggle} onLook={look} />
    </div>
  );
}

function nothing(words: readonly StoryWord[]): Cloze {
  return { words, masked: new Set(), blanks: new Map() };
}
