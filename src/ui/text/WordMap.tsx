/** Where one head looks in a text: arcs over its places, and the attention of one word as shades behind all words. */

import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import { strongArcs } from './looking.ts';
import type { StoryWord } from './story.ts';
import { placeAfter, placeOf } from './wordKeys.ts';

interface Props {
  words: readonly StoryWord[];
  /** Places of a text, empty ones included (n). */
  places: number;
  /** (n, n) of the chosen head; null before it is known. */
  maps: Float32Array | null;
  /** The word that asks. */
  query: number;
  /** What a word is called: "byte". */
  token: string;
  onQuery(place: number): void;
}

export function WordMap({ words, places, maps, query, token, onQuery }: Props) {
  const row = maps?.subarray(query * places, (query + 1) * places) ?? null;
  const top = row === null ? 0 : row.subarray(0, words.length).reduce((most, weight) => Math.max(most, weight), 0);
  const move = (event: KeyboardEvent<HTMLDivElement>): void => {
    const next = placeAfter(event, query, words.length);
    if (next === null) return;
    event.preventDefault();
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${next}"]`)?.focus();
  };
  const choose = (event: FocusEvent | React.PointerEvent): void => {
    const place = placeOf(event.target);
    if (place !== null) onQuery(place);
  };
  return (
    <>
      <Arcs words={words} places={places} maps={maps} query={query} />
      <div
        className="word-map"
        role="radiogroup"
        dir="auto"
        aria-label={`The ${token} that asks`}
        onKeyDown={move}
        onFocus={choose}
        onPointerOver={(event) => event.pointerType === 'mouse' && choose(event)}
      >
        {words.map(({ text, gap }, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a word is its place
          <span key={place}>
            {gap && ' '}
            {/* biome-ignore lint/a11y/useSemanticElements: a native radio does not flow as words do */}
            <span
              role="radio"
              className="word"
              aria-checked={place === query}
              aria-label={row === null ? undefined : `${text}, ${(100 * row[place]).toFixed(0)} %`}
              tabIndex={place === query ? 0 : -1}
              data-place={place}
              style={{ '--shade': row === null || top === 0 ? 0 : row[place] / top }}
            >
              {text}
            </span>
          </span>
        ))}
      </div>
    </>
  );
}

/** Height of the arcs in the units of their drawing, one for each place across. */
const HEIGHT = 16;

function Arcs({ words, places, maps, query }: Omit<Props, 'onQuery' | 'token'>) {
  const arcs = useMemo(() => (maps === null ? [] : strongArcs(maps, places, words.length)), [maps, places, words]);
  const count = words.length;
  const ends = words.flatMap(({ sentence }, place) => (place > 0 && sentence !== words[place - 1].sentence ? [place] : []));
  return (
    <svg className="arcs" viewBox={`0 0 ${count} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {ends.map((place) => (
        <line key={place} x1={place} x2={place} y1={0} y2={HEIGHT} />
      ))}
      {arcs.map(({ from, to, weight }) => (
        <path
          key={from * places + to}
          d={arc(from, to, count)}
          data-asks={from === query || undefined}
          style={{ strokeWidth: 3 * weight, opacity: from === query ? 1 : 0.5 }}
        />
      ))}
    </svg>
  );
}

function arc(from: number, to: number, count: number): string {
  const [a, b] = [from + 0.5, to + 0.5];
  const rise = HEIGHT - (HEIGHT * 1.25 * (4 + Math.abs(from - to))) / (4 + count);
  return `M${a} ${HEIGHT}C${a} ${rise} ${b} ${rise} ${b} ${HEIGHT}`;
}
