/** Small bridges between React and the browser. */
import {
  type RefObject,
  startTransition,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { AppState } from './store/store.ts';
import { useApp } from './store/store.ts';

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

/**
 * Like `useApp`, but at most once in `milliseconds`: drawing a chart is dearer than receiving a number. The last value
 * always arrives.
 *
 * @param isSeen while it is false nothing arrives at all; what was missed does once it is true
 */
export function useAppSlowly<T>(selector: (state: AppState) => T, milliseconds: number, isSeen = true): T {
  const [value, setValue] = useState(() => selector(useApp.getState()));
  useEffect(() => {
    if (!isSeen) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = performance.now();
    const take = (): void => {
      timer = undefined;
      last = performance.now();
      const next = selector(useApp.getState());
      // In slices: a chart drawn in one piece would hold up the page for longer than a frame.
      startTransition(() => setValue(() => next));
    };
    take();
    const stop = useApp.subscribe((state, before) => {
      if (timer !== undefined || Object.is(selector(state), selector(before))) return;
      timer = setTimeout(take, Math.max(0, last + milliseconds - performance.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [selector, milliseconds, isSeen]);
  return value;
}
