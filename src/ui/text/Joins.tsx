/** A thin line from a masked word to the nearest place where the same word can be seen. */
import { type RefObject, useLayoutEffect, useState } from 'react';

interface Props {
  text: RefObject<HTMLElement | null>;
  /** The masked word that is looked at. */
  from: number | null;
  /** Where the same word stands. */
  to: ReadonlySet<number>;
}

export function Joins({ text, from, to }: Props) {
  const [path, setPath] = useState<string | null>(null);
  const nearest = from === null ? null : nearestTo(from, to);
  useLayoutEffect(() => {
    const root = text.current;
    setPath(root === null || from === null || nearest === null ? null : pathBetween(root, from, nearest));
  }, [text, from, nearest]);
  return (
    path !== null && (
      <svg className="joins" aria-hidden="true">
        <path d={path} />
      </svg>
    )
  );
}

/** Of equally near ones the earlier. */
export function nearestTo(from: number, places: Iterable<number>): number | null {
  let nearest: number | null = null;
  for (const place of places) {
    if (nearest === null || Math.abs(place - from) < Math.abs(nearest - from)) nearest = place;
  }
  return nearest;
}

/** From the top of one word to the top of the other, bent upwards. */
function pathBetween(root: HTMLElement, from: number, to: number): string | null {
  const [a, b] = [from, to].map((place) => root.querySelector<HTMLElement>(`[data-place="${place}"]`));
  if (!a || !b) return null;
  const [ax, bx] = [a, b].map(({ offsetLeft, offsetWidth }) => offsetLeft + offsetWidth / 2);
  const bend = Math.min(a.offsetTop, b.offsetTop) - 10;
  return `M${ax} ${a.offsetTop}C${ax} ${bend} ${bx} ${bend} ${bx} ${b.offsetTop}`;
}
