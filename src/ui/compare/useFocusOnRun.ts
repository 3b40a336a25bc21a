/** Where the focus goes when the button that had it leaves with its row. */
import { type RefObject, useEffect, useRef } from 'react';
import type { KeptState } from '../store/runs.ts';

interface FocusOnRun {
  /** Of the buttons above the table, which are there even when no run is. */
  place: RefObject<HTMLDivElement | null>;
  /** With the next change of the runs, to the delete button of one of them; null: to the first button above the table. */
  moveTo(id: string | null): void;
}

export function useFocusOnRun({ runs, unfinished }: Pick<KeptState, 'runs' | 'unfinished'>): FocusOnRun {
  const place = useRef<HTMLDivElement>(null);
  const wanted = useRef<{ id: string | null } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the runs that change
  useEffect(() => {
    if (wanted.current === null) return;
    const { id } = wanted.current;
    const row = id === null ? null : place.current?.parentElement?.querySelector(`[data-run="${id}"]`);
    // The runs may change for another reason first, such as news of another tab: one that is brought back comes with a later change.
    if (id !== null && row == null) return;
    wanted.current = null;
    const button = row?.querySelector<HTMLElement>('.delete-run') ?? place.current?.querySelector<HTMLElement>('button:enabled');
    button?.focus({ preventScroll: row == null });
  }, [runs, unfinished]);
  return {
    place,
    moveTo: (id) => {
      wanted.current = { id };
    },
  };
}
