/**
 * Large text, for a projector or tired eyes: the page is drawn larger, by as much as its layout leaves room for in this window. The
 * browser's own zoom goes further, and changes the layout.
 */
import { create } from 'zustand';

const KEY = 'patchwork-large-text';
/** The smallest windows of the layouts with three columns and with two (layout.css), and how far each is enlarged at most. */
const LAYOUTS = [
  { width: 1200, height: 720, most: 1.5 },
  { width: 700, height: 0, most: 1.25 },
] as const;

export const useTextSize = create<{ large: boolean }>()(() => ({ large: remembered() }));

/** How much larger everything is drawn in a window of that many CSS pixels. */
export function scaleFor(large: boolean, width: number, height: number): number {
  const layout = LAYOUTS.find((known) => width >= known.width);
  if (!large || layout === undefined) return 1;
  const fits = layout.height === 0 ? layout.most : height / layout.height;
  return Math.max(1, Math.min(layout.most, width / layout.width, fits));
}

export function startTextSize(): void {
  const show = (): void => {
    const scale = scaleFor(useTextSize.getState().large, innerWidth, innerHeight);
    const { style, dataset } = document.documentElement;
    style.setProperty('--scale', String(scale));
    dataset.text = scale > 1 ? 'large' : 'normal';
  };
  show();
  useTextSize.subscribe(show);
  addEventListener('resize', show);
}

export function switchTextSize(): void {
  const large = !useTextSize.getState().large;
  useTextSize.setState({ large });
  try {
    localStorage.setItem(KEY, String(large));
  } catch {
    // Storage can be forbidden; the choice then lasts as long as the page.
  }
}

function remembered(): boolean {
  try {
    return localStorage.getItem(KEY) === 'true';
  } catch {
    return false;
  }
}
