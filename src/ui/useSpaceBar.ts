/** The space bar trains or pauses, unless some control has the focus: then it is the control's. A row of the board is none. */
import { useEffect } from 'react';
import type { Experiment } from './controller/experiment.ts';

export function useSpaceBar(experiment: Experiment): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.repeat || !isNoControl(event.target)) return;
      event.preventDefault();
      experiment.toggle();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [experiment]);
}

function isNoControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.matches('body, [role=group]');
}
