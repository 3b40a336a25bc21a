/** The store for what is dear to draw. */
import { startTransition, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { followPrinting } from '../hooks.ts';
import { type AppState, useApp } from './store.ts';

/**
 * Like `useApp`, but at most once in `milliseconds`: drawing a chart is dearer than receiving a number. The last value
 * always arrives, and that there is none any more (null) at once: numbers of a run that is over would stand under the names of the next.
 *
 * @param isSeen while it is false nothing arrives, but for a print; what was missed does once it is true
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
      const next = selector(state);
      if (next === null && selector(before) !== null) {
        clearTimeout(timer);
        timer = undefined;
        setValue(() => next);
        return;
      }
      if (timer !== undefined || Object.is(next, selector(before))) return;
      timer = setTimeout(take, Math.max(0, last + milliseconds - performance.now()));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [selector, milliseconds, isSeen]);
  // Paper shows what is out of sight too, and the browser waits for nobody.
  useEffect(
    () =>
      followPrinting(() => {
        const next = selector(useApp.getState());
        flushSync(() => setValue(() => next));
      }),
    [selector],
  );
  return value;
}
