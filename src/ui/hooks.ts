/** Small bridges between React and the browser. */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  // Kept: React asks at every render, and the browser parses the query anew each time.
  const list = useMemo(() => matchMedia(query), [query]);
  return useSyncExternalStore(
    useCallback(
      (changed) => {
        list.addEventListener('change', changed);
        return () => list.removeEventListener('change', changed);
      },
      [list],
    ),
    () => list.matches,
  );
}

/** The three-column layout that needs no scrolling; the same condition stands in layout.css. */
export const useWide = (): boolean => useMedia('(min-width: 1200px)');

/** Where something opens beside its button: below it where neither side need have room, as what is below moves sideways until it fits. */
export function useBeside(side: 'left' | 'right'): 'left' | 'right' | 'bottom' {
  return useMedia('(min-width: 1000px)') ? side : 'bottom';
}

export const useReducedMotion = (): boolean => useMedia('(prefers-reduced-motion: reduce)');

/** Device pixels per CSS pixel; changes with zoom and when the window moves to another screen. */
export function usePixelRatio(): number {
  const ratio = window.devicePixelRatio;
  useMedia(`(resolution: ${ratio}dppx)`);
  return ratio;
}

export interface Size {
  width: number;
  height: number;
}

/** The inner size of an element, in whole CSS pixels; null before it is laid out. */
export function useSize<E extends HTMLElement>(): [RefObject<E | null>, Size | null] {
  const ref = useRef<E>(null);
  const [size, setSize] = useState<Size | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      const width = Math.floor(element.clientWidth);
      const height = Math.floor(element.clientHeight);
      setSize((old) => (old?.width === width && old.height === height ? old : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}

/** Whether an element can be seen: within the window, give or take a little, and the tab in front. */
export function useOnScreen<E extends HTMLElement>(): [RefObject<E | null>, boolean] {
  const ref = useRef<E>(null);
  const [isInWindow, setInWindow] = useState(true);
  const isInFront = useSyncExternalStore(followVisibility, () => document.visibilityState === 'visible');
  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const observer = new IntersectionObserver((entries) => setInWindow(entries.at(-1)?.isIntersecting ?? true), {
      rootMargin: NEARLY,
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [ref, isInWindow && isInFront];
}

/** What is about to be scrolled into the window is drawn before it is there. */
const NEARLY = '64px';

function followVisibility(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}

/** Calls `act` before the page is printed, or shown as it would be printed. */
export function followPrinting(act: () => void): () => void {
  const list = matchMedia('print');
  const changed = (): void => {
    if (list.matches) act();
  };
  window.addEventListener('beforeprint', act);
  list.addEventListener('change', changed);
  return () => {
    window.removeEventListener('beforeprint', act);
    list.removeEventListener('change', changed);
  };
}
