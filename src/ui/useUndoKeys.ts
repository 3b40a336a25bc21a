/** Ctrl+Z, or Cmd+Z on a Mac, goes back to the run before; in a text field it is the field's own. */
import { useEffect } from 'react';
import type { Experiment } from './controller/experiment.ts';

export function useUndoKeys(experiment: Experiment): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { key, ctrlKey, metaKey, altKey, shiftKey, repeat, target } = event;
      if (key.toLowerCase() !== 'z' || ctrlKey === metaKey || altKey || shiftKey || repeat || takesText(target)) return;
      event.preventDefault();
      experiment.undo();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [experiment]);
}

/** Sliders, switches and buttons have no text to undo. */
const WITHOUT_TEXT = ['range', 'checkbox', 'radio', 'button', 'submit', 'file', 'color'];

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return !WITHOUT_TEXT.includes(target.type);
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLElement && target.isContentEditable);
}
