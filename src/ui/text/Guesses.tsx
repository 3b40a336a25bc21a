/** The five surest guesses for a masked word, and what its two neighbours alone would say. */

import { Popover } from 'radix-ui';
import { type RefObject, useMemo } from 'react';
import { formatPercent } from '../format.ts';
import { useWords } from '../store/useView.ts';
import { type Attended, type Blank, type Cloze, hasTruth } from './cloze.ts';

interface Props {
  id: string;
  text: RefObject<HTMLElement | null>;
  cloze: Cloze;
  /** Of the masked word that is looked at. */
  place: number | null;
  /** Takes the mask away. */
  onShow(place: number): void;
}

const stay = (event: Event): void => event.preventDefault();

export function Guesses({ id, text, cloze, place, onShow }: Props) {
  const blank = place === null ? undefined : cloze.blanks.get(place);
  const anchor = useMemo(
    () => ({
      current: { getBoundingClientRect: () => wordAt(text.current, place)?.getBoundingClientRect() ?? new DOMRect() },
    }),
    [text, place],
  );
  return (
    <Popover.Root open={blank !== undefined}>
      <Popover.Anchor virtualRef={anchor} />
      <Popover.Portal>
        <Popover.Content
          id={id}
          role="tooltip"
          className="popover guesses"
          side="bottom"
          sideOffset={14}
          collisionPadding={8}
          onOpenAutoFocus={stay}
          onCloseAutoFocus={stay}
          onInteractOutside={stay}
        >
          {blank !== undefined && place !== null && (
            <>
              <GuessList blank={blank} truth={truthAt(cloze, place)} />
              {blank.attended !== undefined && <LookedAt layers={blank.attended} />}
              {truthAt(cloze, place) !== null && (
                <button
                  type="button"
                  className="button small-button guesses-show"
                  onPointerDown={stayHere}
                  onClick={() => onShow(place)}
                >
                  Show the word
                </button>
              )}
            </>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function truthAt({ words }: Cloze, place: number): number | null {
  return hasTruth(words[place]) ? words[place].id : null;
}

/** The focus stays with the word: without it the guesses would go before the button is pressed. */
const stayHere = (event: { preventDefault(): void }): void => event.preventDefault();

function wordAt(text: HTMLElement | null, place: number | null): Element | null {
  return text?.querySelector(`[data-place="${place}"]`) ?? null;
}

function GuessList({ blank, truth }: { blank: Blank; truth: number | null }) {
  const { guesses, neighbours } = blank;
  return (
    <>
      <ol className="guess-list">
        {guesses.map(({ id, word, probability, neighbours: theirs }, rank) => (
          <li
            key={id}
            className="guess"
            data-verdict={id === truth ? 'right' : rank === 0 && truth !== null ? 'wrong' : undefined}
          >
            <span className="guess-word">{word}</span>
            <span className="guess-track" aria-hidden="true">
              <span className="guess-bar" style={{ width: `${100 * probability}%` }} />
              {theirs !== undefined && <span className="guess-neighbours" style={{ width: `${100 * theirs}%` }} />}
            </span>
            <span className="guess-share">{formatPercent(probability, 0)}</span>
          </li>
        ))}
      </ol>
      {neighbours !== undefined && (
        <p className="small muted">
          <span className="guess-key" aria-hidden="true" /> both neighbours alone: <b>{neighbours.word}</b>,{' '}
          {formatPercent(neighbours.probability, 0)}
        </p>
      )}
    </>
  );
}

/** Where copying is seen to begin: the words that the masked one attends to, layer by layer. */
function LookedAt({ layers }: { layers: readonly (readonly Attended[])[] }) {
  const { token } = useWords();
  return (
    <>
      <p className="small muted">the masked {token} looks at:</p>
      <ol className="looked-at small" aria-label={`The masked ${token} looks at, layer by layer`}>
        {layers.map((words, layer) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a row is a layer
          <li key={layer}>
            <span className="muted">layer {layer + 1}</span>
            {words.map(({ place, word, weight }) => (
              <span
                key={place}
                className="shaded-word"
                title={`place ${place + 1}, ${formatPercent(weight, 0)}`}
                style={{ '--shade': weight / Math.max(words[0].weight, 1e-9), '--tone': 'var(--accent)' }}
              >
                {word}
              </span>
            ))}
          </li>
        ))}
      </ol>
    </>
  );
}
