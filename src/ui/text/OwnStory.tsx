/** A sentence that the visitor types: its words can be masked like those of any story. */

import { type ReactNode, useEffect, useId, useMemo } from 'react';
import type { RunInfo } from '../../worker/protocol.ts';
import { plural } from '../format.ts';
import type { Fill } from '../modalities/extras.ts';
import { useSay } from '../store/useView.ts';
import { countCloze, sayCount } from './cloze.ts';
import { clozeOf, withMasks } from './clozeOf.ts';
import { edit, forget, type, useEditing } from './editing.ts';
import { readTyped, type TypedText } from './readable.ts';
import { Story } from './Story.tsx';
import { StoryHead } from './StoryHead.tsx';
import { isUnknown } from './story.ts';

const NAME = 'Your sentence';
/** Of a sentence nothing is masked until somebody does; then the model is asked. */
const WAIT_MILLISECONDS = 300;

interface Props {
  info: RunInfo;
  /** Stands beside the field: there is room. */
  legend: ReactNode;
  onFill: Fill;
}

export function OwnStory({ info, legend, onFill }: Props) {
  const typed = useEditing((state) => state.typed);
  const vocabulary = info.board.text?.vocabulary;
  const read = useMemo(
    () => (vocabulary === undefined || typed.trim() === '' ? null : readTyped(typed, vocabulary, info.tokens.count)),
    [typed, vocabulary, info.tokens.count],
  );
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className="story-row own-story" role="group" aria-label={NAME}>
      <label className="small" htmlFor={id}>
        {NAME}
      </label>
      <input
        id={id}
        className="text-input"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        placeholder="type one, then press its words; __ is a gap"
        value={typed}
        onChange={(event) => type(event.target.value)}
      />
      <span className="text-legend">{legend}</span>
      {read !== null && vocabulary !== undefined && <OwnWords read={read} names={vocabulary.names} onFill={onFill} />}
    </div>
  );
}

function OwnWords({ read, names, onFill }: { read: TypedText; names: readonly string[]; onFill: Fill }) {
  const edited = useEditing(({ stories }) => stories.get('own'));
  useEffect(() => {
    forget('own');
    if (read.gaps.length === 0) return;
    const timer = setTimeout(() => edit(onFill, 'own', read.ids, new Set(read.gaps)), WAIT_MILLISECONDS);
    return () => clearTimeout(timer);
  }, [onFill, read]);
  const cloze = useMemo(() => {
    const own = edited?.ids === read.ids ? edited : undefined;
    const filled = own?.filled?.filled;
    if (filled !== undefined) return clozeOf(filled, read.words, names);
    return withMasks({ words: read.words, masked: new Set(), blanks: new Map() }, own?.masked ?? new Set(read.gaps));
  }, [edited, read, names]);
  const say = useSay();
  const toggle = (place: number): void => {
    const masked = new Set(cloze.masked);
    if (!masked.delete(place)) masked.add(place);
    edit(onFill, 'own', read.ids, masked);
  };
  return (
    <div className="own-words">
      <StoryHead name="" said={say(sayOwn(read, cloze))} />
      <Story name={NAME} cloze={cloze} onToggle={toggle} />
    </div>
  );
}

function sayOwn({ words, cut }: TypedText, cloze: Parameters<typeof countCloze>[0]): string {
  const unknown = words.filter(isUnknown).length;
  const notes = [
    cloze.masked.size === 0 ? 'press a word to mask it' : sayCount(countCloze(cloze)),
    ...(unknown === 0 ? [] : [`${plural(unknown, 'word')} not in the vocabulary`]),
    ...(cut === 0 ? [] : [`${plural(cut, 'word')} too many, not read`]),
  ];
  return notes.join('; ');
}
