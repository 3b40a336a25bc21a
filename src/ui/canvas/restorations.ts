/** Canvases lose what was drawn on them when the browser's GPU process ends, and come back empty: then all is drawn anew. */
import { useMemo } from 'react';
import { create } from 'zustand';
import type { Gallery } from '../../data/gallery.ts';
import { forgetPictures, pictureCanvas } from './picture.ts';

const useCount = create<{ count: number }>()(() => ({ count: 0 }));

/** Listens for canvases that come back, all of them within a moment. */
export function watchCanvases(): void {
  let waiting = false;
  const redraw = (): void => {
    waiting = false;
    forgetPictures();
    useCount.setState(({ count }) => ({ count: count + 1 }));
  };
  const onRestored = (): void => {
    if (!waiting) requestAnimationFrame(redraw);
    waiting = true;
  };
  // The event does not bubble.
  document.addEventListener('contextrestored', onRestored, { capture: true });
}

/** How often canvases came back empty: whatever draws on one does so again when it changes. */
export function useRestorations(): number {
  return useCount((state) => state.count);
}

export function usePictureCanvas(set: Gallery, index: number): HTMLCanvasElement {
  const restorations = useRestorations();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was drawn before is lost
  return useMemo(() => pictureCanvas(set, index), [set, index, restorations]);
}
