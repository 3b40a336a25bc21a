/** From what happened to the word that it happened to. */
import type { KeyboardEvent, MouseEvent } from 'react';

/** The place of the word that an event came from. */
export function placeOf(target: EventTarget): number | null {
  const word = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return word?.dataset.place === undefined ? null : Number(word.dataset.place);
}

/** Where a key leads; null for every other key. In text that runs to the left, so do its words. */
export function placeAfter({ key, currentTarget }: KeyboardEvent, place: number, count: number): number | null {
  const step = getComputedStyle(currentTarget).direction === 'rtl' ? -1 : 1;
  const clamp = (next: number): number => Math.max(0, Math.min(count - 1, next));
  switch (key) {
    case 'ArrowLeft':
      return clamp(place - step);
    case 'ArrowRight':
      return clamp(place + step);
    case 'Home':
      return 0;
    case 'End':
      return clamp(count - 1);
    default:
      return null;
  }
}

export function wasTouched({ nativeEvent }: MouseEvent): boolean {
  return nativeEvent instanceof PointerEvent && nativeEvent.pointerType === 'touch';
}
