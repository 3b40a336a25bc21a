/** A story with gaps: every word can be pressed to mask it, or to show it again. */

import { type FocusEvent, type KeyboardEvent, type MouseEvent, useId, useRef, useState } from 'react';
import { MASK } from '../../config/modalities/tokens.ts';
import { useWords } from '../store/useView.ts';
import { type Cloze, sayStory, seenElsewhere } from './cloze.ts';
import { Guesses } from './Guesses.tsx';
import { Joins } from './Joins.tsx';
import { Word } from './Word.tsx';
import { placeAfter, placeOf, wasTouched } from './wordKeys.ts';

interface Props {
  /** "Sample 2". */
  name: string;
  cloze: Cloze;
  /** Masks the word at a place, or shows it again. */
  onToggle(place: number): void;
  /** A masked word is looked at. */
  onLook?(): void;
}

export function Story({ name, cloze, onToggle, onLook }: Props) {
  const { words, masked } = cloze;
  const text = useRef<HTMLDivElement>(null);
  const [looked, setLooked] = useState<number | null>(null);
  const [current, setCurrent] = useState(0);
  const id = useId();
  const open = looked !== null && masked.has(looked) ? looked : null;
  const same = new Set(open === null ? [] : seenElsewhere(cloze, open));
  const look = (place: number | null): void => {
    if (place !== null && place !== looked && masked.has(place)) onLook?.();
    setLooked(place);
  };
  const toggle = (place: number | null): void => {
    // What stood in a gap that was typed cannot be shown.
    if (place !== null && words[place].id !== MASK) onToggle(place);
  };
  const click = (event: MouseEvent): void => {
    const place = placeOf(event.target);
    // A finger cannot hover: its first touch shows the guesses, which bear a button that takes the mask away.
    if (place !== null && masked.has(place) && wasTouched(event)) look(place);
    else toggle(place);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'Escape') look(null);
    if (event.key === 'Enter' || event.key === ' ') toggle(placeOf(event.target));
    const next = placeAfter(event, current, words.length);
    if (next !== null) event.currentTarget.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
    if (next !== null || event.key === 'Enter' || event.key === ' ') event.preventDefault();
  };
  const focus = (event: FocusEvent): void => {
    const place = placeOf(event.target);
    if (place !== null) setCurrent(place);
    look(place);
  };
  const { tokens } = useWords();
  const shown = Math.min(current, words.length - 1);
  return (
    <>
      <p className="visually-hidden">{sayStory(cloze)}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls of a form */}
      <div
        ref={text}
        className="story"
        role="group"
        dir="auto"
        aria-label={`${name}: ${tokens}, Enter masks one or shows it`}
        onClick={click}
        onKeyDown={press}
        onFocus={focus}
        onBlur={() => look(null)}
        onPointerOver={(event) => event.pointerType === 'mouse' && look(placeOf(event.target))}
        onPointerLeave={(event) => event.pointerType === 'mouse' && look(null)}
      >
        {words.map((word, place) => (
          <Word
            // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
            key={place}
            cloze={cloze}
            place={place}
            word={word}
            isCurrent={place === shown}
            isSame={same.has(place)}
            describedBy={place === open ? id : undefined}
          />
        ))}
        <Joins text={text} from={open} to={same} />
      </div>
      <Guesses id={id} text={text} cloze={cloze} place={open} onShow={toggle} />
    </>
  );
}
