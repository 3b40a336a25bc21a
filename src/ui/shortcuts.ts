/** Keys that press the buttons of what has the focus. */
import type { KeyboardEvent } from 'react';

/** Presses the button inside that names the key as its own (`aria-keyshortcuts`). */
export function pressShortcut({ key, ctrlKey, metaKey, altKey, repeat, currentTarget }: KeyboardEvent<HTMLElement>): void {
  if (ctrlKey || metaKey || altKey || repeat) return;
  const buttons = [...currentTarget.querySelectorAll<HTMLElement>('button[aria-keyshortcuts]')];
  buttons.find((button) => button.getAttribute('aria-keyshortcuts') === key.toUpperCase())?.click();
}
